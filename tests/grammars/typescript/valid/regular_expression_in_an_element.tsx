const a = <A>{/b/.test(c)}</A>;
const b = <A>{/* c */}</A>;
