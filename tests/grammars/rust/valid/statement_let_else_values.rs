fn f() {
    let a = b + c else { return };
    let d = (e && g) else { return };
    let h = m!{}.i else { return };
    let j = &k[1] else { return };
    let l = m == n else { return };
}
