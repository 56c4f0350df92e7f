const a = f<string>;
