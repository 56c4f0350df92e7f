fn f() { if a == return { x } }
