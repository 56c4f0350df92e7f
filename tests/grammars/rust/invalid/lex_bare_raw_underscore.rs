fn f() { r#_; }
