type A = B+C;
type D = E<'a + F>;
