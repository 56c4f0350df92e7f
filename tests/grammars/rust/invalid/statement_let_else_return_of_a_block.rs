fn f() { let a = return {} else { d }; }
