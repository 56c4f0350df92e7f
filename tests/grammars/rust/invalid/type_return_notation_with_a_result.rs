type A = P(..) -> T;
