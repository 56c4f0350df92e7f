type X = int
type Y[T] = list[T]
type Z[T: int, *Ts, **P] = Callable[P, T]
type = type(x)
