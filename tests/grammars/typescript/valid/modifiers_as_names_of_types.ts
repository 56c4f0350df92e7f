type A = { get };
type B = { a; set };
type C = { readonly };
