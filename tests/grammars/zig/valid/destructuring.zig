fn f() void {
    const a, var b: u8, _ = .{ 1, 2, 3 };
    a, b = .{ b, a };
    x.y, const c = g();
    comptime var d, const e = g();
    _ = .{ a, b, c, d, e };
}
