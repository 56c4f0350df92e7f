fn f() void {
    if (a) |b