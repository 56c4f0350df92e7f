fn f() { let S {} = S {} else { return }; }
