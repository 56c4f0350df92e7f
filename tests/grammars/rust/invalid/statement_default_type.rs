fn f() { default type A = u8; }
