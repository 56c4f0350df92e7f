fn f() { move async || a; }
