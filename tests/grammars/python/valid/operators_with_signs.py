x = a - -b
x = a--b
x = a ** -b ** +c
x = a if -b else ~c
x = not -a and not not b or -c
x = a is not -b
x = a not in -b
x = a in ~b < -c
x = - + ~ a
x = [*-a | b, *~c]
async def f():
    return -await a + await b, not await c, a is not await d
