pub(a::b) fn f() {}
