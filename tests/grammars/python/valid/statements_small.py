pass
assert x
assert x, 'why'
del x, y.z, a[0], (b, [c]),
del (x)
raise
raise E
raise E from None
raise E from(e)
global a, b
