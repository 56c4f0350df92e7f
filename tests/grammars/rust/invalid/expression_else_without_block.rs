fn f() { if a {} else b }
