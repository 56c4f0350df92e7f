const a: [4]const u8 = 1;
