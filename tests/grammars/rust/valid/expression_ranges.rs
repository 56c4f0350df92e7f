fn f() {
    ..;
    ..a;
    ..=a;
    a..;
    a..b;
    a..=b;
    a + 1..b - 1;
    x = a..b;
    for i in 0.. {}
    for j in .. {}
}
