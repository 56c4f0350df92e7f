fn r#match(r#fn: u8) -> u8 {
    r#fn
}
