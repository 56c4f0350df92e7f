macro_rules! m {
    ($a:expr, $($b:tt)*) => { f($a $(, $b)*) };
    () => ();
}
