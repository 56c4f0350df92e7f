const type = 1;
const of = type;
let as = of;
const async = as;
const { get, set, from } = { get: 1, set: 2, from: 3 };
