export { a };

function b() {}
export { c } from "d";
export { e }

function f() {}
