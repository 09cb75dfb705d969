# What suspends.
def generator(n):
    for i in range(n):
        x = yield i
        print(x)
    y = yield from generator(n)
    return y

async def coroutine(a, b):
    await a
    async with b as c:
        pass
    async for x in c:
        yield x
    [x async for x in a if await x]
