const A = packed struct {
    a: u1,
    b: u7,
};
const B = packed struct(u8) {
    a: u8,
};
const C = extern struct {
    a: c_int,
};
const D = packed union {
    a: u8,
    b: i8,
};
