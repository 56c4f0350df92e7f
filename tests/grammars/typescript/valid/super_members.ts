class A extends B {
  constructor() {
    super();
    super.a();
    super["b"];
  }
}
