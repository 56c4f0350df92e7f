fn f() {
    a as usize > b;
    (a as usize) < b;
    a as *const u8 as usize;
    &a as &dyn B;
    a as usize + 1;
    -a as u8;
}
