type A<T> = T extends string
  ? "s"
  : T extends (infer U extends number)[]
    ? U
    : never;
