fn f() { S { self }; }
