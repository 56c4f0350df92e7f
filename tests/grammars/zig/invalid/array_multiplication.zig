const a = b ** c;
