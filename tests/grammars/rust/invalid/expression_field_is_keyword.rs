fn f() { a.if; }
