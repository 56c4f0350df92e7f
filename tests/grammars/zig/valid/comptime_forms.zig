comptime {
    @compileLog(1);
}

fn f(comptime T: type, comptime n: usize) void {
    comptime var i = 0;
    comptime {
        i += 1;
    }
    comptime assert(n > 0);
    const x = comptime g(T);
    inline for (0..n) |j| {
        _ = j;
    }
    inline while (i < n) : (i += 1) {}
    comptime i = 2;
    _ = x;
}
