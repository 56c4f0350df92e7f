struct S<'a, 'b: 'a + 'static, T: A + B<C = D> = u8, U: ?Sized, const N: usize = 3, const M: i8 = -1, const L: u8 = { 1 }>(T);
