match x:
    case _:
        pass
    case {_.a: 1, _.b.c: _, **_a}:
        pass
    case A(_=1) | A._ | _a.b | [_, *_]:
        pass
