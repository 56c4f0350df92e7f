const S = struct { a: 2align(4) };
