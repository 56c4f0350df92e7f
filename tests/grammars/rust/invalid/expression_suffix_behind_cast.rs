fn f() { a as usize.b; }
