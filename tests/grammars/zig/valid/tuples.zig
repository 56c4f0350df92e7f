const T = struct { u8, []const u8, ?T };
const x: T = .{ 1, "a", null };
const y = x[0];
const z = x.@"1";
const U = struct { comptime u8 = 1 };
