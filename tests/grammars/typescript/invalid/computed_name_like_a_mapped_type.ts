type A = { [b in c ?? d]: e };
