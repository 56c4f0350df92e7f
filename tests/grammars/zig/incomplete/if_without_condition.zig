fn f() void {
    if (