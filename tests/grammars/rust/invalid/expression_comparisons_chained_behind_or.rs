fn f() { a || b == c != d; }
