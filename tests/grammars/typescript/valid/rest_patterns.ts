const { a, ...b } = c;
const [d, ...e] = c;
