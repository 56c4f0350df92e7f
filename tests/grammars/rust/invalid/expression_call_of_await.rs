fn f() { a.await(); }
