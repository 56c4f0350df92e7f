fn f() { match a { 1..= => {} } }
