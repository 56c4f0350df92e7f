const A: &[u8] = b"a\xff\"\n";
const B: u8 = b'\'';
