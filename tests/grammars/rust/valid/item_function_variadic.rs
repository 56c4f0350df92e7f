unsafe extern "C" {
    fn f(a: u8, ...);
    fn g(...);
    fn h(a: ...);
}
