fn f() { S { ..a, }; }
