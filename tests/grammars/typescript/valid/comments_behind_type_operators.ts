function f(a: readonly /* b */ C[], d: keyof /* e */ /* f */ G): typeof /* h */ i {}
j. /* k */ l?. // m
  n;
