fn f() { match a { => b } }
