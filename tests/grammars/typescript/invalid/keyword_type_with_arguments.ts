let a: number<string>;
