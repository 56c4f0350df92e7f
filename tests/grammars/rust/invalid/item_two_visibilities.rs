pub pub fn f() {}
