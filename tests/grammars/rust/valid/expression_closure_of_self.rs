fn f() { g(|self| x, |a, self: u8| S { a }) }
