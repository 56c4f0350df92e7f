fn f() { if a && let b = c {} }
