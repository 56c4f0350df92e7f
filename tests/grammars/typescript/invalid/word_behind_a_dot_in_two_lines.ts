a.
  b in c;
