x = 1if y else 2
z = [0 for x in y if 1or 2]
