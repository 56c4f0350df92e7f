const A = []align(8:0:3) u8;
