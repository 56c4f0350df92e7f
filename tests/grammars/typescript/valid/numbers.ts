const all = [0, 1.5, 0.5, 1e10, 1_000, 0xff, 0b1010, 0o17, 10n, 0xffn];
