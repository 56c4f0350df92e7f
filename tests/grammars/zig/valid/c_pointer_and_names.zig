const a: [*c]const c_char = undefined;
const c = 1;
const b: [c]u8 = undefined;
