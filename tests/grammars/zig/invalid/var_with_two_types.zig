var a: u8: u8 = 1;
