f(...a, b, ...c);
const d = [...a, ...b];
const e = { ...a, b };
