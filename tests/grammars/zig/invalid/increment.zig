fn f() void {
    i++;
}
