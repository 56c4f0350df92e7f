class A {
  get = 1;
  static static = 2;
  async() {}
  readonly readonly: string = "";
}
