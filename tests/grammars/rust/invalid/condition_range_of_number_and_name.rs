fn f() {
    if let X = 1..a {}
}
