const a = f(b c);
