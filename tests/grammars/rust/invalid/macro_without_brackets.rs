fn f() { m! a; }
