fn f() {
    x.use();
}
