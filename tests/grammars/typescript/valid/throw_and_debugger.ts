function f() {
  debugger;
  throw new Error("x");
}
