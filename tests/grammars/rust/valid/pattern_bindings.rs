fn f() {
    let a = 1;
    let mut b = 1;
    let ref c = 1;
    let ref mut d = 1;
    let e @ 1 = 1;
    let _ = 1;
}
