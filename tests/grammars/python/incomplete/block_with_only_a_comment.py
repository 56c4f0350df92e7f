def f():
    # soon
