struct S(u8)
