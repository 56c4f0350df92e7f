trait A {}
unsafe trait B: C + 'static + ?Sized {}
trait D<T>
where
    T: E,
{
    type F: G;
    const H: u8 = 1;
    fn i();
    fn j(&self) {}
    m!();
}
