fn f() void {
    for (var i = 0; i < 1; i += 1) {}
}
