pub const a = 1;
var b: u8 = 2;
export var c: u32 = 3;
extern var d: c_int;
extern "c" var e: c_int;
threadlocal var f: usize = 0;
pub threadlocal var g: usize = 0;
export fn h() void {}
extern fn i() void;
pub extern "c" fn j(x: c_int, ...) c_int;
inline fn k() void {}
noinline fn l() void {}
pub inline fn m() void {}
fn n() void;
