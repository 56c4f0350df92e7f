const A = fn () void;
const B = *const fn (a: u8, b: []const u8) anyerror!void;
const C = fn (comptime T: type, noalias x: *T, ...) callconv(.c) T;
const D = ?*const fn (u8, u16) u32;
const E = fn (anytype) void;
