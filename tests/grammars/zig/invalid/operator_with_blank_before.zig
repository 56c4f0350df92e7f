const a = b +c;
