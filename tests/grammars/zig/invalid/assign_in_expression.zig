const a = (b = c);
