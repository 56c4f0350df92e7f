const a = S{}.b;
