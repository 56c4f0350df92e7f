fn f() {
    let x = || -> i32 { 92 }();
    let y = move |x: W| -> _ { x }.clone();
    let z = || -> Option<u8> {
        let x = g()?;
        Some(x)
    }()
    .unwrap_or_default();
}
