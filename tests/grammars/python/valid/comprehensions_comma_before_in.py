x = [x for x, in y]
x = {x: y for x, y, in z if x for *z, in x}
