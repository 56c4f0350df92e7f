f<A>
<B>x;

const a = b < c[d > e];
const f = b < c[function () {}];
