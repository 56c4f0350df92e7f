def f():
    try:
        x
    except