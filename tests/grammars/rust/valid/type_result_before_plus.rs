fn f() -> impl Fn() -> &(dyn A) + B where T: Fn() -> A + C {}
