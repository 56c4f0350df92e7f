const a = <T extends object, U = T>(x: T): U => x as never;
