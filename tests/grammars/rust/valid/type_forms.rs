type A = (
    u8,
    (),
    (u8,),
    [u8],
    [u8; 3 + 4],
    &u8,
    &'a mut u8,
    *const u8,
    *mut *const u8,
    !,
    fn(),
    m!(),
);
