fn f() { a...b; }
