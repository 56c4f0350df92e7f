namespace A.B {
  export const c = 1;
}
declare module "d" {
  export default e;
}
declare global {
  interface Window {}
}
