fn f() void {
    const a = b == 0xae == c;
}
