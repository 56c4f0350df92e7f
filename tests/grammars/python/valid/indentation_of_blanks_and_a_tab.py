if a:
  	b
  	c


def f():
    if a:
        	b
    return c
