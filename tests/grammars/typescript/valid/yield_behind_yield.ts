function* f() {
  a = yield yield b;
}
