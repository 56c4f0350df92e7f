function f(a, const b) {}
