fn f() { match a { b => m! {} c => d } }
