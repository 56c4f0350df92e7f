const X: != 1;
