with 1as x:
    pass
