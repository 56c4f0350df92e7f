fn f() !void {
    const a = g() catch 0;
    const b = g() catch |err| return err;
    const c = g() catch |err| switch (err) {
        error.A => 1,
        else => |e| return e,
    };
    const d = try g();
    try h(try g(), a);
    g() catch unreachable;
    _ = .{ b, c, d };
    i() catch {};
    j() catch |e| {
        return e;
    };
}
