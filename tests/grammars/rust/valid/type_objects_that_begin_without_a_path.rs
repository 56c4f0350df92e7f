fn f(a: const A, b: async A + B, c: &?A, d: 'a + A, e: for<'a> A + B, f: use<>) -> const A { x as const A }
type X = Box<(const A)>;
