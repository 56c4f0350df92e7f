class A {
  get = 1;
  set;
  get a() {
    return 1;
  }
  static set a(b) {}
}
interface B {
  get a(): number;
  set a(b: number);
  get: number;
}
const c = { get, set };
const d = {
  get a() {
    return 1;
  },
  set: 1,
};
