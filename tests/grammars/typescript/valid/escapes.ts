const a = "\0";
const b = '\0\0x\u{10ffff}\x41';
const c = `\0${a}\0$\0x`;
const d = String.raw`\u \x \01 ${a} \xg`;
