fn f() { a..=; }
