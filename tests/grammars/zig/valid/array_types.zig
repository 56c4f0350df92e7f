const a: [4]u8 = undefined;
const b: [4:0]u8 = undefined;
const c = [_]u8{ 1, 2, 3 };
const d: [2][3]f32 = undefined;
const e = [1]u8{0} ++ [_]u8{};
