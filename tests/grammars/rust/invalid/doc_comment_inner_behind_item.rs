fn f() {}
//! a
