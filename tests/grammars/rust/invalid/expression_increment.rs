fn f() { a++; }
