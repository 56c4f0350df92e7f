fn f() {
    try bikeshedT {}
}
