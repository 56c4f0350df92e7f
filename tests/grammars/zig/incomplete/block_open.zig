fn f() void {
    a();