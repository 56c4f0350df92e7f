try: a
except: b
try:
    a
except A:
    b
except (B, C) as e:
    c
except(D): d
else:
    e
finally:
    f
try: a
finally: b
