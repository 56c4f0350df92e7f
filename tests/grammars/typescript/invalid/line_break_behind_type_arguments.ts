(a<b>
c);
