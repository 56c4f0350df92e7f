fn f() {
    println!("{}", a);
    vec![1, 2];
    m! { a b }
    m! {}.a();
    let a = m!(b) + m![c];
    m!(d)
}
