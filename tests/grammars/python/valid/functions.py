def f(): pass
def f(a, b=1, /, c=2, *args, d, e=3, **kw) -> int: pass
def f(a: int, b: str = 'x', *args: int, c: int, **kw: str): pass
def f(*, a): pass
def f(a, /): pass
def f(a, /, b): pass
def f(
    a,
): pass
