try {
  a();
} catch (e: unknown) {
  b(e);
} finally {
  c();
}
try {
  d();
} catch {}
