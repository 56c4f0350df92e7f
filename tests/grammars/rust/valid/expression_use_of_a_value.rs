fn f() { x.use; x.use(1).y ; x.await(1); }
