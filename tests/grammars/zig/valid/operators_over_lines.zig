const x = a +
    b +
    c;
const y = a and
    (b or
        c);
const z = a orelse
    return b;
const w = f() catch |err|
    g(err);
