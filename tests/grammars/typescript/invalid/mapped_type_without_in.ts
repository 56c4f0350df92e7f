type A = { [K keyof T]: U };
