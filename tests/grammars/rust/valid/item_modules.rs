mod a;
pub mod b {
    mod c {}
}
