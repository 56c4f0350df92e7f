fn f() { a(let b = c); }
