type A = [const: b];
