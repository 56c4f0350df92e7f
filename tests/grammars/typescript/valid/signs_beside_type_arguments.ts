a<b> (c);
d >> e >>> f > g;
h >>= i;
let j: k<l<m> > = n;
