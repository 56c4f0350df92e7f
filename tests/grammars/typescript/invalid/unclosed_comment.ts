a; /* b
c;
