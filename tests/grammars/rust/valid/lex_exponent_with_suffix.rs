const X: [f64; 4] = [5e5e+3, 1e5e, 1.0e5e5, 1e5_e];
