type A = u8;
type B<T>
    = V<T>
where
    T: C;
type D: E;
