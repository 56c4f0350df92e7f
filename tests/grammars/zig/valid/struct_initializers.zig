const a = S{};
const b = S{ .x = 1 };
const c = S{ .x = 1, .y = 2 };
const d: S = .{ .x = 1, .y = 2 };
const e = S{
    .x = 1,
    .y = .{
        .z = 2,
    },
};
const f = .{ 1, "two", .three };
const g = .{1};
const h: [2]u8 = .{ 1, 2 };
const i = (S{}).x;
const j = [_]S{ .{ .x = 1 }, .{ .x = 2 } };
const k = f(S{ .x = 1 }, .{});
