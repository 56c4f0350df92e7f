fn f() void {
    try