fn f() { x = #[a] ..c; }
