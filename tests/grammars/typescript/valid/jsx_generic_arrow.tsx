const a = <T,>(x: T) => x;
const b = <T extends object>(x: T) => <p>{x}</p>;
