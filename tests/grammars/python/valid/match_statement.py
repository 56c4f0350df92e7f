match x:
    case 1: pass
    case _: pass
match x, y:
    case 1, 2: pass
match *x, y:
    case *_, 1: pass
match(x):
    case(1): pass
match -x:
    case -1: pass
