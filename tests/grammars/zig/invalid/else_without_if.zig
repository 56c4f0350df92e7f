fn f() void {
    else {}
}
