yield* a = b;
