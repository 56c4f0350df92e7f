class C {
  a = 1
  b
  ['c'] = 2;
  *d() {}
  async
  e() {}
}
