fn f() {
    for x in ..={ a } {}
}
