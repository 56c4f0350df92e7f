fn f() void {
    for (a) |x| g(x);
    for (a, b) |x, y| {
        g(x + y);
    }
    for (a, 0..) |*x, i| x.* = i;
    for (0..n) |_| {}
    for (a, 0..n) |x, i| {
        if (x == i) break;
    } else {
        h();
    }
    for (a) |x|
        g(x)
    else
        h();
    outer: for (a) |x| {
        for (x) |y| {
            if (y) continue :outer;
        }
    }
    const z = for (a) |x| {
        if (x) break x;
    } else null;
    _ = z;
}
