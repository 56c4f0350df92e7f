const a = b < c;
const d = f<g>(h);
const i = new Map<string, Set<number>>();
