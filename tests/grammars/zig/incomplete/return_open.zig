fn f() void {
    return