fn f() { default unsafe impl A for B {} }
