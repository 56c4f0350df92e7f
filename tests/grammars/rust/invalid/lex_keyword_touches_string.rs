fn f() { return"a"; }
