fn f() {
    let true = a == b && c else {
        return;
    };
}
