enum A {
  B,
  C = 1 << 2,
  "D-E" = "x",
}
const enum F {}
declare enum G {
  H,
}
