const a = return b == c == d;
