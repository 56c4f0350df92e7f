def f():
    yield
    yield 1, 2
    yield *a, b
    x = yield
    x = yield from g()
    return (yield)
