fn f() void {
    if (a) {} else defer b();
}
