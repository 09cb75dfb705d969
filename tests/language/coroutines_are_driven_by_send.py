"""`async def`, `await`, `async for`, `async with`, driven by hand."""


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


async def add(a, b):
    x = await Pause(a)
    y = await Pause(b)
    return x + y


def drive(coroutine, replies):
    value = None
    replies = iter(replies)
    while True:
        try:
            asked = coroutine.send(value)
        except StopIteration as stop:
            return stop.value
        print("asked", asked)
        value = next(replies)


print(drive(add("p", "q"), [10, 20]))


class Ticker:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        await Pause(f"tick {self.n}")
        return self.n


class Guard:
    async def __aenter__(self):
        await Pause("entering")
        return "guard"

    async def __aexit__(self, kind, value, traceback):
        await Pause("leaving")
        return kind is ValueError


async def agen(n):
    for i in range(n):
        await Pause(f"agen {i}")
        yield i * i


async def main():
    async for t in Ticker(2):
        print("tick", t)
    else:
        print("else")
    async with Guard() as g:
        print(g)
        raise ValueError("swallowed")
    squares = [x async for x in agen(3) if x != 1]
    total = sum([await add(i, i) for i in range(2)])
    return squares, total


print(drive(main(), iter(range(100))))
c = add(1, 2)
print(type(c).__name__)
c.close()


async def fails():
    await 5


try:
    fails().send(None)
except TypeError as error:
    print(error)
