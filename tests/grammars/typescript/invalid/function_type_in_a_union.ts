type A = B | () => c;
