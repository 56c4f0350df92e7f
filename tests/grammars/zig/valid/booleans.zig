const x = a and b or !c and d == e;
const y = a < b and c >= d or e != f;
