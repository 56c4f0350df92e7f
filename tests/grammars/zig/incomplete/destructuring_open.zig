fn f() void {
    const a, const b