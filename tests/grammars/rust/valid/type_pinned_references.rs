fn f(&pin mut self, &pin const y : u8, x: &'a  pin mut u8, p: &pin) { &pin  const x; x & pin; }
type X = T(..)::A;
