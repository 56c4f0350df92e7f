impl A {}
impl<T> B<T> for C<T> {}
impl !D for E {}
unsafe impl F for G {}
impl<T: ?Sized> H for &T
where
    T: I,
{
    type J = u8;
    const K: u8 = 1;
    fn l() {}
}
impl dyn M + N {}
impl O for [u8] {}
impl P for (A, B) {}
