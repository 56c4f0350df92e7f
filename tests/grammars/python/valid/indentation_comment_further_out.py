def f():
    a
# no dedent
    b
