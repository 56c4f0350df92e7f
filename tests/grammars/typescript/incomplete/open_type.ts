type A = {
  b: string;