if (n := len(a)) > 10: pass
(y := f(x))
[y := 1, y**2]
f(x=(y := 1))
{(a := 1): 2}
while chunk := read(): ...
