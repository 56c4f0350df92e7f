type A = [u8;];
