const a = b as string;
const c = d < e;
