if a:
    b
elif