fn f() !void {
    errdefer |e| g(e);
}
