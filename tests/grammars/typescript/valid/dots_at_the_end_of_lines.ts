a.
  b.c in d;
e = f.
  g;
