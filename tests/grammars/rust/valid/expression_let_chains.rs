fn f() {
    if a && let b = c {}
    if let a = b && c == d && let e = g {}
    while let a = b && c {}
    match a {
        b if let c = d && e => {}
        b if c && let d = S {} => {}
    }
}
