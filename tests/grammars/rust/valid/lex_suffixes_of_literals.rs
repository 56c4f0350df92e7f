fn f(){m!("a"suffix 'c'other 12three);}
