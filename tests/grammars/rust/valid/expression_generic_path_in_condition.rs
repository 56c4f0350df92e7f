fn f() {
    if a::<B>() < c {}
    if (a as usize) < b {}
    if x == A::<B>::C {}
}
