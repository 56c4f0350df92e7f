fn gen(gen: u8) {}
