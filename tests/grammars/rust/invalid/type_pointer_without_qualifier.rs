type A = *u8;
