class A: pass
class A(): pass
class A(B, C, metaclass=M, **kw):
    x = 1

    def f(self): pass
