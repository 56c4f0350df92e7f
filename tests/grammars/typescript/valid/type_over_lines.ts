type A<
  T,
  U extends string = string,
> = Map<
  T,
  U
>;
