type X = A(B) -> &(C)::D;
