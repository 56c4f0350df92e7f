fn f() { match a { b => c d => e } }
