try:
    a
except