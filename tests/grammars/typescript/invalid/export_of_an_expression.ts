export a + b;
