type T = function.a;
