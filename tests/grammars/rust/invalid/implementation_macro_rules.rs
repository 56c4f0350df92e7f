impl A {
    macro_rules! a {
        () => {};
    }
}
