const a = b # c;
