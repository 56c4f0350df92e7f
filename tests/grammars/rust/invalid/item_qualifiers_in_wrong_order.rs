unsafe async fn f() {}
