try:
    a
except* A:
    b
except *(B, C) as e:
    c
else:
    d
