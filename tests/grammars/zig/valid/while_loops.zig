fn f() void {
    while (a) {}
    while (a) b();
    while (a) : (i += 1) {}
    while (a) |v| : (i += 1) {
        b(v);
    }
    while (a) |v| {
        b(v);
    } else |err| {
        c(err);
    }
    while (a) : ({
        i += 1;
        j += 1;
    }) {}
    const x = while (a) {
        break 1;
    } else 2;
    outer: while (true) : (x, y = .{ 1, 2 }) {
        continue :outer;
    }
    while (a)
        b();
}
