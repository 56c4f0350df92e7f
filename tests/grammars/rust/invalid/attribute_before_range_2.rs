fn f() { #[a] ..c }
