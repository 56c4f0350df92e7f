fn f() void {
    a: b();
}
