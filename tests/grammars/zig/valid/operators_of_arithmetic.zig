const x = a + b - c * d / e % f;
const y = a +% b -% c *% d;
const z = a +| b -| c *| d;
const w = a ++ b;
const v = -a - -b + -%c;
const u = a orelse b;
const t = a catch b;
