const a = `x${1 + `y${{ z: 1 }.z}`}w`;
const b = String.raw`\u${a}`;
