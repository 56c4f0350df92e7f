if x:  # why
    # how
    pass
