async function f() {
  await g();
  for await (const x of y) {
    z(x);
  }
}
const g = async () => 1;
const h = async <T,>(x: T) => x;
