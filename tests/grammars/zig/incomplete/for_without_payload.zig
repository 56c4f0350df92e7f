fn f() void {
    for (a)