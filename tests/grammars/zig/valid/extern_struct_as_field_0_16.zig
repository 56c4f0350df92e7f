const T = struct { extern struct { a: u8 } };
