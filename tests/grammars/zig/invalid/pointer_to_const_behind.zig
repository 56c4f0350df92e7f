const a: u8 const* = 1;
