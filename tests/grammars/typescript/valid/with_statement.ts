with(a) b;
