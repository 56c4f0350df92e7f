struct S<#[a] T> {
    #[b]
    c: T,
}
enum E {
    #[d]
    F,
}
fn f(#[g] h: u8) {
    #[i]
    let j = 1;
    #[k]
    {
        l
    }
    match m {
        #[n]
        o => {}
    }
    p(#[q] r, [#[s] t]);
    S { #[u] c: v };
}
