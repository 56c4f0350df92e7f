type A =
  | "a"
  | 1
  | -1
  | true
  | null
  | undefined
  | (() => void);
type B = A & { c: string };
