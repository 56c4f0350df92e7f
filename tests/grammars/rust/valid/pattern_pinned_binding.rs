fn f() { let ref pin mut x  = y; let ref pin = y; }
