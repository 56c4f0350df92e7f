const x = (a == b) == c;
const y = a == b and c == d;
const z = f(a < b, c > d);
