do a;
while (b);
