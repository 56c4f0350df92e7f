const X: ! = y;

struct S {
    a: !,
}

fn f() {
    let x: ! = y;
    let x: !;
}
