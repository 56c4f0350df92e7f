const a = b * / c;
