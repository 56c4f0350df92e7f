const a = return == b == c;
