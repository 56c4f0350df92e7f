fn f() { default const A: u8 = 1; }
