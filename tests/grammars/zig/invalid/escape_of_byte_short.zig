const a = "\x1";
