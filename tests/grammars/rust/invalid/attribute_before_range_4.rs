fn f() { match a { b => #[a] ..c } }
