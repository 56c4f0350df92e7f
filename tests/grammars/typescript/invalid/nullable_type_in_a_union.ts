type A = [b?|c];
