fn f() void {
    if (a) if (b) c else {}
}
