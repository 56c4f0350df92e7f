const a = b >> c;
const d = b >>> c;
const e: Array<Array<Array<number>>> = f;
g >>= 1;
g >>>= 2;
