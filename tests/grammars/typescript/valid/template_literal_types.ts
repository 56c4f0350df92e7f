type A = `${"a" | "b"}-${number}`;
