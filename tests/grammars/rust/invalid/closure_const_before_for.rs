fn f() {
    const for<'a> |x: &'a u8| x;
}
