fn f() {
    if a {
    } else if b {
    } else if let Some(c) = d {
    } else {
    }
}
