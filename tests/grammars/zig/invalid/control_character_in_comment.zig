// a	b
const a = 1;
