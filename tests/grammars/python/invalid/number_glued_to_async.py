x = [1async for x in y]
