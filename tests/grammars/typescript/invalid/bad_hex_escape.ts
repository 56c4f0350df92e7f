const a = "\xg0";
