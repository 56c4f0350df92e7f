fn f() {
    a....b;
}
