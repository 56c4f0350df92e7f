fn f(a | b: u8) {}
