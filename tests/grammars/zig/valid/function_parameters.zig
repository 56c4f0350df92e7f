fn a() void {}
fn b(x: u8) void {}
fn c(x: u8, y: anytype) @TypeOf(y) {}
fn d(comptime T: type, noalias x: *T) void {}
fn e(
    x: u8,
    y: u8,
) void {}
fn f(_: u8) void {}
fn g() callconv(.c) void {}
fn h() !void {}
fn i(x: struct { a: u8 }) void {}
