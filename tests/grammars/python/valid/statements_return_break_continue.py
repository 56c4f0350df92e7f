def f():
    while 1:
        break
    for x in y: continue
    return
    return 1, *x
    nonlocal z
