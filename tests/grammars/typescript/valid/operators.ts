const a = (b + c) * d ** e - -f + +g;
const h = !i && ~j || typeof k === "string";
const l = m << 1 | n >> 2 ^ o >>> 3 & p;
