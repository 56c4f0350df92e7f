fn f(x: u8) u8 {
    return sw: switch (x) {
        0 => continue :sw 1,
        1 => break :sw 5,
        else => |v| v,
    };
}
