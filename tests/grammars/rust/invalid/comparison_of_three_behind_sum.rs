fn f() {
    let x = a + b < c + d > e;
}
