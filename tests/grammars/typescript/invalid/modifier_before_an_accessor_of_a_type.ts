type A = { readonly get a(): number };
