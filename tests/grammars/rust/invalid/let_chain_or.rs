fn f() {
    if a || b && let Some(c) = d {}
}
