fn f() {
    x as dyn & T;
}
