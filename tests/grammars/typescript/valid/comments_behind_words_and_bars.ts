type T = (
  | // a
    { b: c }
  | D
)[];

function f() {
  for (;;) {
    try {
      g();
    } catch {
      continue; // h
    }
    break; // i
  }
}
