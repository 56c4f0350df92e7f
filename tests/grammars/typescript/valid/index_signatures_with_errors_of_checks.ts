class A {
  [b: c]
  [d, e,]
  [f: g, h]: i
}
