declare (a) => b;
