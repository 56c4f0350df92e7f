type A = &B + C;
