function* f() {
  yield () => a;
  yield async (a) => a;
}
