fn f() {
    let (a, .., b) = c;
    let [d, e @ .., g] = h;
    let A(i, ..) = j;
    let B { k, l: m, ref n, ref mut o, .. } = p;
    let C {} = q;
    let D { 0: r } = s;
    let (t,) = u;
    let &v = w;
    let &mut x = y;
    let &&z = a;
}
