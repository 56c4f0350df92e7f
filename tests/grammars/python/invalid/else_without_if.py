x
else:
    y
