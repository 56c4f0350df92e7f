fn f() { default impl A for B {} }
