fn f() void {
    a()
}
