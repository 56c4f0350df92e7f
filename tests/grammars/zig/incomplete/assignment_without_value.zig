fn f() void {
    x =