fn f<'a, T>()
where
    'a: 'static,
    T: A,
    for<'b> T: B<'b>,
    [T]: C,
    T::D: E,
    T:,
{
}
