fn f() { match a { _ @ b => {} } }
