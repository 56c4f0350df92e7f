async def f():
    async with a as b, c: pass
    async for x in y: pass
    else: pass
    async with(a): pass
    await g()
