fn f() { foo"a"; }
