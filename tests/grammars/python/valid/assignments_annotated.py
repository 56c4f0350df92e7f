x: int
x: int = 1
self.x: 'T' = y
a[0]: int
(x): int = 1
x: tuple = 1, 2
x: int = yield
