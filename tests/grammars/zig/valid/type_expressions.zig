const T = if (a) u8 else u16;
const U = switch (n) {
    1 => u8,
    else => u16,
};
fn f(x: if (a) u8 else u16) switch (n) {
    else => u8,
} {
    return x;
}
const V = std.ArrayList(u8);
var w: std.ArrayList(?*const fn () void) = undefined;
fn g(x: anytype) blk: {
    break :blk u8;
} {
    return x;
}
