fn f() {
    a == b && c == d || e < g;
    a == b | c;
    a < -b;
    a < (b as u8);
}
