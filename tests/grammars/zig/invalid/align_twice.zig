const A = *align(1) align(2) u8;
