/// a
//// not documentation
/** b */
fn f(
    /// c
    a: u8,
) {
    //! d
    /// e
    g();
}
