a: u8,
b: u16 = 0,
const Self = @This();
pub fn f(self: Self) void {
    _ = self;
}
