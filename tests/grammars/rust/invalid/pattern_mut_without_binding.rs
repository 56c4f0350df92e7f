fn f() { let mut A(b) = c; }
