const a = [_]u8{0} ** 4;
const b = a ** b;
