a = new B;
new C.d[e]<f>(g)?.h;
new new I()();
new (j())().k;
new l`m`;
for (a = 1, b++; ; ) {}
new N<o>;
