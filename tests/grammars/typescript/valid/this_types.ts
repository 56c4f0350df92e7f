class A {
  a(): this is B {
    return true;
  }
  b(): this {
    return this;
  }
}
