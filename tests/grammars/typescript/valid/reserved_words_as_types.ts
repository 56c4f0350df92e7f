let a: if|b;
let c = (d: export.E[]): for => e as return & f;
type G = keyof class;
type H = a extends b ? c : do;
