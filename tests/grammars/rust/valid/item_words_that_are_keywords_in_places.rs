fn f() {
    let union = auto + default * safe - raw;
    union = 1;
    default.a();
    auto!();
    safe();
    let a = &raw;
    &raw const b;
    &raw mut c;
}
