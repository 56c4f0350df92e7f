a.b.c
a[0][1:2]
a()()
a(b)[c].d
'x'.join(y)
(1).real
1 .real
1..real
