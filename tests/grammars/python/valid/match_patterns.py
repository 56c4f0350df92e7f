match x:
    case 0 | 1.5 | -2 | 1 + 2j | -1 - 2j: a
    case 'a' 'b' | b'c' | None | True: b
    case x: c
    case a.b | c.d.e: d
    case (1 | 2) as x: e
    case []: f
    case [1, *rest, 2]: g
    case (1,): h
    case 1, *_,: i
    case {}: j
    case {'k': 1, a.b: x, -1: y, **rest}: k
    case A(): l
    case A.B(1, [2], x=3, y=C(),): m
    case _ if x > 1: n
    case[1]: o
