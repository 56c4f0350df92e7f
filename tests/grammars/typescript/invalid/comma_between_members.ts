class A { b = 1, c = 2 }
