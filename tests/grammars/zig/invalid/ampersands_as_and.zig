const a = b && c;
