fn f() {
    if a && b < c
        && let Some(x) = d + e
        && x as u8 > 1
        && let y = !z
    {}
    while !a && let Some(x) = b {
        g(x);
    }
    match x {
        Some(y)
            if a == b
                && let Z(c) = y
                && c => {}
        _ => {}
    }
    if a || b < c || d.e == f && g {}
    if a = b || c {}
    if x == 1..y {}
}
