fn f(a: u8 = 1) void {}
