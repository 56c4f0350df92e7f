fn f() {
    a.. ..b; a..=..b; a.. ..; a..b + ..c; .. ..b; ..=..=b; a.. ..=b; a..-..b;
    a..|x| y; a..return; a..=return 1; ..|x| y; for x in a.. ..b {} if a..|| b {}
}
