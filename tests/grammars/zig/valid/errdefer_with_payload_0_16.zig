fn f() !void {
    errdefer |err| log(err);
    errdefer |err| {
        log(err);
    }
}
