lambda: 0
lambda x: x
lambda x, y=1, /, z=2, *a, k, l=3, **kw: x
lambda *, k: k
lambda *a, **k: (a, k)
lambda: (yield)
