fn f() { m!() a; }
