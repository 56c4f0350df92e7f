f'{a + b}{f(x, y=1)}{a[0]}{a.b}{(lambda: 1)()}{x if y else z}{a, b}{*a, b}{not x}{[i for i in y]}'
