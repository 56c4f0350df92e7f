fn f() { #[a] }
