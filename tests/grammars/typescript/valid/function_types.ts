type A = (a: number, b?: string, ...c: boolean[]) => void;
type B = new (a: number) => A;
type C = abstract new () => object;
type D = <T>(x: T) => x is T;
