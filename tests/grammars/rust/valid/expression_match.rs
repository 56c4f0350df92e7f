fn f() {
    match a {}
    match a {
        b => c,
        d => {}
        e => {},
        g if h => i,
        j => k = l,
        m => return,
        n => m!{},
        o => {}.p(),
        q => if r {} else {}
        s => |t| u
    }
    match (S {}) { _ => {} }
}
