function* f() {
  yield async () => a;
  yield async (a) => a;
}
