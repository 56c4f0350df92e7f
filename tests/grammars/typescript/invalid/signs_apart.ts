a > > b;
