fn f() {
    while let Some(x) = a && b {}
}
