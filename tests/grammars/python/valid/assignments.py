x = 1
x = y = z
x, y = y, x
(x, y) = [a, b] = c
*x, y = z
[*x, (y, *z)] = w
x.y = a[0] = 1
f().x = 1
x = *a, b
(x) = 1
() = []
