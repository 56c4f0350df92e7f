fn f(a: V<V<V<u8>>>) -> V<V<u8>> { let b: V<V<u8>>=c; let d: V<u8>=e; }
