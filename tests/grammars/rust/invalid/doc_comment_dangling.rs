fn f() {}
/// a
