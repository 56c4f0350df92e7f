type A = (dyn::A, impl::A, &dyn(A), &dyn?A, impl?Sized + A, dyn::A); fn f() { a as &dyn::A; }
