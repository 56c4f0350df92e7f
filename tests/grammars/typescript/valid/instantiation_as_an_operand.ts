const a = f<T>  as unknown as U;
const b = c ?? f<T>;
const d = !f<T> || e === g<U>;
const h = typeof f<T>;
x(f<T> satisfies V, i && f<T>);
