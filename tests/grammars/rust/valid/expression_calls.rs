fn f() {
    a();
    a(b, c);
    a(b)(c);
    a.b();
    a.b::<C>(d);
    a.b.c[d](e);
    (a.b)(c);
    a::<B>::c::<D>();
    <A as B>::c();
    a.await;
    a.await?.b().await;
    a.b::<>();
}
