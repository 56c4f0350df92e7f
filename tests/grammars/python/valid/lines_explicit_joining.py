total = 1 + \
    2
assert total == 3 and \
    total
