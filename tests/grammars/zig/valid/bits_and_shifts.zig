const x = a & b | c ^ ~d << 1 >> 2 <<| 3;
