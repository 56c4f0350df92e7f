f(
    a,
    b=c,
