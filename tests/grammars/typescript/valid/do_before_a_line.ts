do
  if (a) b;
  else c;
while (d);
