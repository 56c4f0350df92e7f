fn f() { continue a; }
