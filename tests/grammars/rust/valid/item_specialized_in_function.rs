fn f() {
    pub default fn a() {}
    pub safe fn b() {}
    unsafe static C: u8 = 1;
    let default = safe;
    default = safe();
    safe::b();
}
