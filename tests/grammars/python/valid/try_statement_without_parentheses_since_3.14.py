try:
    a
except A, B:
    b
except C,:
    c
try: a
except* A, B, C: b
