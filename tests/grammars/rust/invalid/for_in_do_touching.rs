fn f() {
    for x indo yeet {}
}
