let for = 1;
