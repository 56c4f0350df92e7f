fn f() {
    if x {
        #![x]
    }
}
