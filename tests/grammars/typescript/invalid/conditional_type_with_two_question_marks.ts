type A = b extends c ??d : e;
