fn f() { match a { &1..2 => {} } }
