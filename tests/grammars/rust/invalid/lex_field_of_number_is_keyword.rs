fn f() {
    0.let;
}
