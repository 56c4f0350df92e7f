a in b
a not in b
a is b
a is not b
not a
not not a
a and not b or c
a in(b)
a is(b)
a and(b)
a not in[b]
