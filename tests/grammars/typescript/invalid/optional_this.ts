function f(this?: T) {}
