const A: &[u8] = b"é";
