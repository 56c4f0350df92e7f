const a = (): (a | b) => {};
const b = (): A | (a | b) => {};
const c = (): ((a) => b) => {};
const d = (): () => A => c;
const e = (value): value is A[] => true;
type F = (readonly c) => d;
type G = (readonly A[])[];
function f(this: T, a = 1) {}
const g = <const T, out U>(a: T, b: U) => a;
const h = <out T>() => a;
const i = <(a: T) => U>j;
