/// A struct.
///
pub struct S;

//// c
fn f() {
    //! a
    /// b
    let x = 1;
}
