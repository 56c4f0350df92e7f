fn f() void {
    for (a) |b| {} else |c| {}
}
