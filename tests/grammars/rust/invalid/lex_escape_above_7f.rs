const A: &str = "\x80";
