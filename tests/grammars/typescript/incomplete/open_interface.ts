interface A {
  b():