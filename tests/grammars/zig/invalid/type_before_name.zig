fn f() void {
    u8 a = 1;
}
