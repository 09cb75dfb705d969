"""`asend`, `athrow`, `aclose`, driven by hand."""


def drive(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as stop:
        return stop.value
    raise RuntimeError("it waited")


async def echo():
    try:
        got = None
        while True:
            try:
                got = yield got
            except KeyError as error:
                got = f"caught {error}"
    finally:
        print("finished")


g = echo()
print(drive(g.__anext__()))
print(drive(g.asend("hi")))
print(drive(g.athrow(KeyError("k"))))
print(drive(g.aclose()))
try:
    drive(g.__anext__())
except StopAsyncIteration:
    print("stopped")


async def numbers():
    yield 1
    yield 2


async def collect():
    out = []
    async for n in numbers():
        out.append(n)
    pairs = {n: n * n async for n in numbers()}
    return out, pairs, [n async for n in numbers()], {n async for n in numbers()}


print(drive(collect()))
print(type(numbers()).__name__)


async def nested():
    async def inner(x):
        return x + 1

    return await inner(await inner(1))


print(drive(nested()))


async def boom():
    raise LookupError("inside")


async def catch():
    try:
        await boom()
    except LookupError as error:
        return f"caught {error}"


print(drive(catch()))
n = nested()
drive(n)
try:
    n.send(None)
except RuntimeError as error:
    print(error)
