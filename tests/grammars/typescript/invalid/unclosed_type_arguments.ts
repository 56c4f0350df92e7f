type A = Map<string, number;
