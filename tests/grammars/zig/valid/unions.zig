const A = union {
    a: u8,
    b: f32,
};
const B = union(enum) {
    a: u8,
    b,
    c: void,
};
const C = union(B) { a: u8, b };
const D = union(enum(u8)) {
    a = 1,
    b: u8 = 2,
};
