var aligned: [16]u8 align(4) = undefined;
const pointer: *align(8:0:3) const u8 = undefined;

fn far() align(16) void {}

const S = struct {
    a: u32 align(1),
    b: u64 align(1) = 0,
};
