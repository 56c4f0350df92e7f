fn f() { a; }
