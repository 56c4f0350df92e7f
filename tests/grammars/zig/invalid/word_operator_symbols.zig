const a = b || || c;
