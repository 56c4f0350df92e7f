fn f() void {
    if a {}
}
