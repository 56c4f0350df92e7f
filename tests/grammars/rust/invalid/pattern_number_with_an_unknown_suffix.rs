fn f() {
    match a {
        1xyz => b,
    }
}
