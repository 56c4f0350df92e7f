fn f() { const static || x; for<'a> const static move || x; }
