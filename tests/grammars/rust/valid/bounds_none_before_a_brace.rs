fn f<T>()
where
    [(); a()]:
{
}
