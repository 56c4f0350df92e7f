type A = async fn();
