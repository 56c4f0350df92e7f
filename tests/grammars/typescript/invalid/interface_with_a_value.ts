interface A { b = 1 }
