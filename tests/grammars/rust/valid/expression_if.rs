fn f() {
    if a {}
    if a == b {}
    if !a && b {}
    if (S {}) == a {}
    if a {} else if b {} else {}
    if let Some(a) = b {}
    if let A | B = c {}
    if a.b(|c| S { c }) {}
    if [S {}] == a {}
    let d = if a { 1 } else { 2 };
    if if a { b } else { c } {}
    if {true} {}
}
