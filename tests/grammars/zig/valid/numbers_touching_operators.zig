const a = 0xf-1+0xef*2;
const b = 1.5.c + 1 .d;
const e = f+0xe;
const g =  1!h;
