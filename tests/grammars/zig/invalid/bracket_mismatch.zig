const a = (b];
