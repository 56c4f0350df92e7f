abstract class A<T> extends B<T> implements C, D<T> {
  static readonly a: number = 1;
  #b = 2;
  declare c: string;
  d!: boolean;
  e?: null;
  constructor(
    private readonly f: number,
    public g = 1,
  ) {
    super();
  }
  abstract h(): void;
  get i() {
    return this.#b;
  }
  set i(v) {}
  static {
    A.a;
  }
  async *j() {}
  [k: string]: unknown;
  override l() {}
  accessor m = 1;
}
