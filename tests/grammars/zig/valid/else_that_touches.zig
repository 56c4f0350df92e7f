const a = if (b) c else(d);
const e = if (b) c else.d;
const f = if (b) "c"else"d";
fn g() void {
    if (a) {}else{}
    if (a) b()else@as(u8, c);
    for (a) |b| c()else-d;
}
