fn f() {
    use a::b;
    const A: u8 = 1;
    struct S;
    fn g() {}
    impl S {}
    pub fn h() {}
    macro_rules! m {
        () => {};
    }
}
