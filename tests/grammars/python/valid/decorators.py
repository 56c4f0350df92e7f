@a
def f(): pass
@a.b(c)
@d[0]
@(lambda f: f)
class A:
    @property

    # between
    async def f(self): pass
@x if y else z
def g(): pass
@(y := z)
def h(): pass
