fn f() { #[a] b..c; #[a] b = ..c; #[a] -..c; ..c; (.., #[a] c..d); match a { b => .., c => #[d] e.. } }
