for (const a in b) c(a);
for (const [k, v] of Object.entries(d)) {
}
while (e) f();
do {
  g();
} while (h);
for (;;) {
  break;
}
