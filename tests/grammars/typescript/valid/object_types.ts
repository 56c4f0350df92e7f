type A = { a: string; b?: number; c(): void };
type B = {};
type C = {
  d: string;
};
