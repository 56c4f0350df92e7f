fn f() void {
    a = b = c;
}
