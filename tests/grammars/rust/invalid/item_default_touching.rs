impl A for B {
    pub defaultconst X: u8 = 1;
}
