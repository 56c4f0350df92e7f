fn f<'r#a>(a: &'r#a u8) {}
