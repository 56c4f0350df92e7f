fn f() { a(,); }
