fn f() void {
    if (a) b();
    if (a) {
        b();
    }
    if (a) b() else c();
    if (a) {} else if (b) {} else {}
    if (a) |v| {
        b(v);
    } else |err| {
        c(err);
    }
    if (a)
        b()
    else if (c)
        d()
    else {
        e();
    }
    if (a) return;
    if (a) return else b();
    if (a) x = 1 else y = 2;
    if (if (a) b else c) d();
}
