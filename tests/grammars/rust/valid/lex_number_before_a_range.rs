fn f() {
    for i in 0..10 {}
    let a = &x[1..];
    let b = &x[..=2];
    let c = 1..=2;
}
