const a = b _ c;
