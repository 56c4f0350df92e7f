const a = if (x) y else z;
const b = if (x) |v| v else null;
const c = if (x) |*v| v.* else |err| err;
const d = if (x) blk: {
    break :blk 1;
} else if (y) 2 else 3;
const e = if (x)
    y
else
    z;
const f = 1 + if (x) y else z;
