const a = (x) => x;
const b = () => ({});
const c = (x: number, y = 2, ...z: string[]): void => {};
const d = ({ a, b: [c] }) => a + c;
const e = (x) => (y) => x + y;
