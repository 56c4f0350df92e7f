struct S { pub unsafe x: u8, unsafe y: ! }
