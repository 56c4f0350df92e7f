const a = 1;
// b
fn f() void {}
