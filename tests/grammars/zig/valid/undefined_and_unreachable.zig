var x: u8 = undefined;
const y = unreachable;
const z = null;
const w = true;
