const a = .{ .a = f() catch return };
const b = .{ f() catch return, 2, if (a) b else return };
const c = T{ .a = 1, .b = if (x) y else f() catch break :blk };
