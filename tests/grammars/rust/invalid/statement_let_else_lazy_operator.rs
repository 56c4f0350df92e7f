fn f() { let a = b && c else { return }; }
