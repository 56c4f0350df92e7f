type X = *constconst T;
