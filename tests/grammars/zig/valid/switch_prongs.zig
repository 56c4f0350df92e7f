fn f(x: u8) void {
    switch (x) {}
    switch (x) {
        0 => {},
        1, 2 => a(),
        3...5 => b = 1,
        'a'...'z', 'A'...'Z' => return,
        inline 6, 7 => |v| c(v),
        else => |*v| d(v),
    }
    switch (x) {
        .a => |v, tag| e(v, tag),
        .b,
        .c,
        => {},
        inline else => |v| g(v),
        _ => unreachable,
    }
    const y = switch (x) {
        inline else => |v| v,
    };
    _ = y;
}
