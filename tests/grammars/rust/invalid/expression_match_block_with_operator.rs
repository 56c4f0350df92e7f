fn f() { match a { b => {} + 1 } }
