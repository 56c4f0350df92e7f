function a(this: Window, b?: number, ...c: string[]): asserts b is number {}
function d<T extends keyof U, U>(e: T): e is T {
  return true;
}
