type A = typeof a.b.c;
type B = typeof import("x");
type C = import("y").D<string>;
type E = keyof typeof f;
