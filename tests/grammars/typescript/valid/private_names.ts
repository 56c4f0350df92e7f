class A {
  #a = 1;
  has(x: object) {
    return #a in x && x.#a === this.#a;
  }
}
