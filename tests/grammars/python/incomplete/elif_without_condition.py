if a:
    b
elif 