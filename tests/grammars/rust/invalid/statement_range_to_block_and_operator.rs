fn f() {
    ..{ a } & b;
}
