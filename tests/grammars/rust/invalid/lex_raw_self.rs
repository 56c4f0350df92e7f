fn f() { r#self; }
