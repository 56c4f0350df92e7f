const a = x => x * 2;
const b = async x => x;
