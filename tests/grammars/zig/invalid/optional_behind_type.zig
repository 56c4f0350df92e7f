const a: u8? = 1;
