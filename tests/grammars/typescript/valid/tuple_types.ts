type A = [a: string, b?: number, ...c: boolean[]];
type B = readonly [string, number?, ...A];
