type X  = (A(B) -> (C)::D, A(B) -> [C]::D, A() -> !::D);
