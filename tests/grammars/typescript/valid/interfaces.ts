interface A<T> extends B, C<T> {
  (x: number): string;
  new (x: string): A<T>;
  readonly [key: string]: unknown;
  d?(): void;
  get e(): number;
  set e(v: number);
  <U>(f: U): U;
}
