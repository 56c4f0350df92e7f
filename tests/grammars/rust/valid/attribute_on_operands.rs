fn f() { let a = #[b] c + #[d] -#[e] g; return #[h] i; }
