function* g() {
  yield;
  yield 1;
  yield* g();
  const x = yield;
}
