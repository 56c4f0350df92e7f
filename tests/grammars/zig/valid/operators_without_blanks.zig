const x = a+b*c-d;
const y = a==b;
const w = a--b;
const v = a[0]+"b".len;
const u = a+(b);
const t = a*@as(u8,1);
