let a: string | undefined = b as any;
const c = d satisfies E;
const f = g as const;
let h!: number;
const i = j!;
