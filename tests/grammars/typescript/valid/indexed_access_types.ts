type A = B["c"][number][];
type U = unique symbol;
