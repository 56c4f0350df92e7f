f(/* a */ b, /* c */); // d
const e = /* f */ 1;
