fn f() { pub a; }
