#[a, b]
fn f() {}
