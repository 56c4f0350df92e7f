const @"\x00" = 1;
