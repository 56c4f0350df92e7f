fn f() where T {}
