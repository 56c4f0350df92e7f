fn f() { let a = b && return c else { d }; }
