fn f() u8 {
    return;
    return x;
    return if (a) b else c;
    return switch (a) {
        else => b,
    };
    while (true) {
        break;
        continue;
    }
    const y = a orelse return;
    const z = a orelse return 1;
    b orelse return error.C;
    return .{ .y = y, .z = z };
    return
        x;
}
