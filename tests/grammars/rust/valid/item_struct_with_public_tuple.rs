struct A(pub (u8, u8), pub(crate) (u8,));
struct B(pub(u8));
