const a: [4 u8 = 1;
