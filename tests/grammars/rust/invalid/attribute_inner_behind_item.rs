fn f() {}
#![a]
