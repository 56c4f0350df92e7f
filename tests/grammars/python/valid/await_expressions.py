async def f():
    await x
    return await f() + await(g)
