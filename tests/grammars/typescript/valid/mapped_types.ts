type A<T> = { readonly [K in keyof T]?: T[K] };
type B<T> = { -readonly [K in keyof T as `get${K & string}`]-?: () => T[K] };
