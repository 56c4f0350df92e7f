const a = b[if (c) d else 1..];
const e = f[return 1..2];
