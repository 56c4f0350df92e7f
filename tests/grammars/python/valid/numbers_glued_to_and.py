x = 1and 2and(3)and-4 or 0b1and not 1.and 2e5and 3jand y
x = a is not 1and[-1and+2, not 1and b]
x = [1or 2, 1if 2 else 3, 1in x, 1not in y, 1is z]
