fn f() { &mut mut a; }
