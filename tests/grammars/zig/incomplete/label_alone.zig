fn f() void {
    a: