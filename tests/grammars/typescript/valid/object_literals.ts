const a = {
  b,
  c: 1,
  "d-e": 2,
  3: 4,
  [f]: 5,
  g() {},
  async h() {},
  *i() {},
  async *j() {},
  get k() {
    return 1;
  },
  set k(v) {},
  ...l,
};
