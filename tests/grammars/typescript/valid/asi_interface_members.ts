interface A {
  a: string
  b?: number
  c(): void
}
