const a = b orelsec;
