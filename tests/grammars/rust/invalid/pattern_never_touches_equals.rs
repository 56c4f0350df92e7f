fn f() {
    let !=x;
}
