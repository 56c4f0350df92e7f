const A = enum { a, b, c };
const B = enum(u8) {
    a = 1,
    b,
    _,

    pub fn f(self: B) u8 {
        return @intFromEnum(self);
    }
};
const x: A = .a;
const y = A.b;
