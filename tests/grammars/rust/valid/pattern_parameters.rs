fn f(&a: &u8, (b, c): (u8, u8), [d, _]: [u8; 2], S { e, .. }: S, ref g: u8, mut h: u8) {}
