fn f() { #[a] ..c; }
