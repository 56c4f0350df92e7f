export const a = 1;
export { a as b, c };
export * from "d";
export * as e from "f";
export type { G } from "h";
export default a;
