function f(override = 1, readonly = 2) {}
const g = (readonly: number) => readonly;
