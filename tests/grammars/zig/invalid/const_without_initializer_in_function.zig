fn f() void {
    const a;
}
