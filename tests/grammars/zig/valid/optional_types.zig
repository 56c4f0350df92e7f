const a: ?u8 = null;
const b: ??*?u8 = null;
const c = a.?;
const d = a orelse 0;
const e = a orelse unreachable;
const f = ?u8;
