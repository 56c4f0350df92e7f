fn f() { a b }
