fn f() !void {
    defer a();
    defer {
        b();
    }
    errdefer c();
    errdefer {
        d();
    }
    defer if (x) y();
    defer x = 1;
    errdefer comptime unreachable;
}
