const a = "\u{d800}";
