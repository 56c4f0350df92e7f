const a = +b;
