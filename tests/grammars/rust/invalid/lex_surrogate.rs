const A: &str = "\u{D800}";
