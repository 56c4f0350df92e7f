const a = await import("b");
const c = import.meta.url;
