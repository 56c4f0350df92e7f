fn f() { S { a:::b }; }
