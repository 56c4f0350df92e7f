const a = 0X1;
