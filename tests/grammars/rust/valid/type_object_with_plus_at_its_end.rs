const X: T += 1;
fn f() { let x: Vec<T> + = 1; }
