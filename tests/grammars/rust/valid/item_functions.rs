fn f() {}
pub const unsafe extern "C" fn g() {}
pub(in a::b) async fn h() {}
extern fn i() {}
fn j<'a, T: A + 'a, const N: usize>(mut a: T, &b: &u8, (c, d): (u8, u8), _: u8) -> T
where
    T: B,
{
    a
}
