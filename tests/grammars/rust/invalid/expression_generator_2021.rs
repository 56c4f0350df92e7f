fn f() {
    gen { yield 1; };
}
