union U {
    a: u8,
    b: u16,
}
