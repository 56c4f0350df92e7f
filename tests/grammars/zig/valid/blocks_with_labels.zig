const x = blk: {
    var i: u8 = 0;
    i += 1;
    break :blk i;
};

fn f() void {
    outer: {
        break :outer;
    }
    {}
    {
        var inner = 1;
        inner += 1;
    }
}
