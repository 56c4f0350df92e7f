fn f() {
    let Some(x) = a else {
        return;
    };
    let true = a + b < c << 1 else {
        return;
    };
    let 0 = !a as u8 & b as u8 else {
        return;
    };
    let true = a as u8 == -b.c()? else {
        return;
    };
    let Ok(x) = unsafe { a() }.b() else {
        return;
    };
    let Ok(x) = &mut a[0] else {
        return;
    };
    let y = a + b < c || d && !e;
    let z = a = b <= c;
    let v = a + || b;
    let w = S { x: 1 } == s && match x {} < 2;
}
