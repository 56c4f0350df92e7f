def f[T](x: T) -> T: return x
def f[T: int, *Ts, **P](): pass
class A[T: (int, str)](B[T]): pass
async def g[T,](): pass
