const A: u8 = 1;
const _: () = {};
const B: u8;
static C: u8 = 1;
static mut D: u8 = 1;
