fn f(a: m!(b)) {
    match a {
        m!(c) => {}
        d::m![] => {}
    }
}
