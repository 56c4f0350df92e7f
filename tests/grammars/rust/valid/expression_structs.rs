fn f() {
    S {};
    S { a };
    S { a: 1, b };
    S { a: 1, ..b };
    S { ..b };
    a::S::<T> { 0: 1, r#b: 2 };
    <A as B>::C { d };
    Self { e };
}
