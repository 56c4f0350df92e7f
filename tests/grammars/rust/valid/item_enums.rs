enum A {}
enum B {
    C,
    D = 1 + 2,
    E(u8, u8),
    F { a: u8 },
    pub G,
}
