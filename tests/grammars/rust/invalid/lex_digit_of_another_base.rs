const A: u8 = 0b12;
