const A = anyframe->u8;
const B = ?anyframe->anyframe->void;
const C = anyframe;
