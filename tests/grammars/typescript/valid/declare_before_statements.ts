declare { a }
declare b: while (c);
declare d
declare e.f(g)
