fn f() {
    while a {}
    while let Some(a) = b {}
    for (a, b) in c.d() {}
    for _ in 0..10 {}
    'a: loop {
        continue 'a;
    }
    'b: while c {
        break;
    }
    let d = loop { break 1 };
    'e: for g in h { break 'e }
}
