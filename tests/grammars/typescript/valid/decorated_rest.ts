class A {
  constructor(@B() ...c: d[]) {}
}
