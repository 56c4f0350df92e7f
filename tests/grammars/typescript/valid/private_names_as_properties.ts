a = { b, #c: 1, get #d() {} };
let { #e: f } = g;
type H = { readonly #i: #j };
enum K { #l = 1 }
