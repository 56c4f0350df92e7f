fn f() { &'a b; }
