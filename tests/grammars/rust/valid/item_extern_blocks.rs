unsafe extern "C" {
    pub fn f(a: u8);
    safe fn g();
    static A: u8;
    static mut B: u8;
    type C;
}
extern {}
