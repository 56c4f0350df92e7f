fn f() { S { x, ....y }; }
