const a = error.A == error.B;
const b = c catch error.D;
