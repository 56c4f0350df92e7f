fn f() { a.b::<C>; }
