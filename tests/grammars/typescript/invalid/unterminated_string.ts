const a = "b;
const c = 1;
