for x in y: pass
for x, in y: pass
for x, *y in z:
    pass
else:
    pass
for(x)in(y): pass
for x in *a, b: pass
for a[0], b.c in d: pass
for [x, y] in z: pass
