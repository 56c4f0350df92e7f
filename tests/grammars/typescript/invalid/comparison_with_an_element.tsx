let a = <b /> < c;
