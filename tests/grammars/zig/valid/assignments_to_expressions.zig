fn f()  void {
    a + b = c;
    return a = b;
    a orelse b += c;
    a + b, const c = d;
}
