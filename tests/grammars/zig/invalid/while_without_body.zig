fn f() void {
    while (a);
}
