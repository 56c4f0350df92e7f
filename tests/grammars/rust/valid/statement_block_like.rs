fn f() {
    {}
    if a {}
    if a { 1 } else { 2 };
    match a {}
    loop {}
    while a {}
    for a in b {}
    unsafe {}
    'c: {}
    -1;
    match d {}.e();
    if g {} else {}
    [1][0]
}
