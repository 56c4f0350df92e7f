const a = 0b2;
