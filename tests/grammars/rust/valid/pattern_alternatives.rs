fn f() {
    match a {
        | A | B => {}
        (C | D, E) => {}
    }
    if let F | G = h {}
}
