fn f() {
    loop {}.a + 1;
    unsafe { b }.c()?;
    {}.d = 1;
}
