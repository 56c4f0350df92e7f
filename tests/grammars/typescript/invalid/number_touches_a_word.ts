1as b;
