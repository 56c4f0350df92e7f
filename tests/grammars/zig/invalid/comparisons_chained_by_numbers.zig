fn f() void {
    const a = b == 1e5 == c;
}
