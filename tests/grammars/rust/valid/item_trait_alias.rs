trait A = B + C where D: E;
