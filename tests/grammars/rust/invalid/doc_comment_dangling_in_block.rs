fn f() {
    a;
    /// b
}
