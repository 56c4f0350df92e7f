fn f() {
    a + b - c * d / e % g;
    h & i | j ^ k << l >> m;
    n == o && p != q || r < s && t > u;
    v <= w || x >= y;
    !-*&a;
    &mut b;
    &&mut c;
    d as u8 as u16 + 1;
    (e < g) == (h > i);
    j?.k??;
}
