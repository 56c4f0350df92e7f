try:
    try:
        a
    except A:
        b
    finally:
        c
except B:
    d
