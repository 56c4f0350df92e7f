fn f() {
    || a;
    |a| b;
    |a, (b, c): (u8, u8), &d| e;
    |mut a: &u8| -> u8 { b };
    move || a;
    async move |a| b;
    |_| |_| a = b;
    g(|a| a + 1, |b| b);
    a || |b| c;
    &|a| b;
}
