impl S { static A: u8 = 1; }
