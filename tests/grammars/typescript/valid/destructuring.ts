const { a, b: c, d = 1, ["e"]: f, ...g } = h;
const [i, , j = 2, [k], ...l] = m;
({ a: n.o, ...p } = q);
