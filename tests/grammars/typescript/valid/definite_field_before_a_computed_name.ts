class A {
  b!
  [c] = 1
}
