fn f() {
    let true = a == &S {} else {
        return;
    };
}
