fn f() {
    let a;
    let b: u8;
    let c = 1;
    let d: u8 = 1;
    let Some(e) = g else {
        return;
    };
    let (h, i) = j.k()? else { return };
}
