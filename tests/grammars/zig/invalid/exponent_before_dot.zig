const a = 1e5.b;
