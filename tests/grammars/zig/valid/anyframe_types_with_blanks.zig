const A = anyframe -> u8;
const B = anyframe
->u8;
