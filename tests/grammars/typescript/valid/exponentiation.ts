const a = (-2) ** 2;
const b = 2 ** -1;
