f(a,, b);
