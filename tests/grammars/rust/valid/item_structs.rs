struct A;
struct B();
struct C(u8, pub u8, pub(crate) u8);
struct D {}
struct E<T> {
    a: u8,
    pub b: T,
}
struct F<T>(T)
where
    T: G;
struct H<T>
where
    T: I,
{
    a: T,
}
