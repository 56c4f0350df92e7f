fn f() {
    a = b = c;
    a += 1;
    a -= b;
    a *= b;
    a /= b;
    a %= b;
    a &= b;
    a |= b;
    a ^= b;
    a <<= b;
    a >>= b;
    (a, b) = (b, a);
    [a, _] = c;
    S { d, .. } = e;
    _ = g;
}
