const A: f64 = 1e;
