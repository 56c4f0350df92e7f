const a: List<u8> = 1;
