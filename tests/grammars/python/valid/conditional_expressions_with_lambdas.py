f = a if b else lambda: c
g = lambda: a if b else c
h = lambda x: x if x else lambda y: y if y else z
i = (lambda: a)() if b else c
j = [lambda: a if b else c, lambda: d]
k = a if not b else -c if d is not e else lambda *a, **k: (yield)
