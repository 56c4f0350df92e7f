const a = "\u{110000}";
