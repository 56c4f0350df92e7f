for (let i = 0, j = 1; i < j; i++, j--) {}
const a = (b, c);
