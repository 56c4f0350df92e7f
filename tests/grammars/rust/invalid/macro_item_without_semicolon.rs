m!()
fn f() {}
