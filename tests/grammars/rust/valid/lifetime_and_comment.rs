fn f(a: &'a /* one */ mut A, b: &'static /* two */ /* three */ B) {}
