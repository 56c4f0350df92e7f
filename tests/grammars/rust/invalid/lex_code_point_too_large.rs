const A: &str = "\u{110000}";
