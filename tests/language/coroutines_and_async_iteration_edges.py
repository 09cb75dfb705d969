"""async def, await, async for, async with, async generators and comprehensions, driven by hand."""


def run(coroutine):
    steps = []
    try:
        value = None
        while True:
            steps.append(coroutine.send(None))
    except StopIteration as stop:
        return stop.value, steps
    except BaseException as error:
        return type(error).__name__, str(error), steps


class Wait:
    def __init__(self, *values):
        self.values = values

    def __await__(self):
        for v in self.values:
            yield v
        return sum(self.values)


async def add(n):
    return n + await Wait(n, n)


async def main():
    return await add(1), await add(2)


print(run(main()))


async def wrong(x):
    return await x


class BadAwait:
    def __await__(self):
        return 5


class AwaitsCoroutine:
    def __await__(self):
        return add(1)


class AwaitGen:
    def __await__(self):
        return iter([1, 2])


for x in (5, None, [], BadAwait(), AwaitGen(), (i for i in ()), Wait(), int):
    print(type(x).__name__, run(wrong(x)))
c = AwaitsCoroutine()
inner = add(1)
c.__class__.__await__ = lambda self: inner
print(run(wrong(c)))
inner.close()
c = add(1)
print(run(c), run(c))
c = add(5)
print(c.cr_running, c.cr_suspended, c.cr_await, c.cr_code.co_name, c.cr_frame is not None, c.cr_origin)
c.send(None)
print(c.cr_suspended, type(c.cr_await).__name__)


async def twice():
    shared = add(1)
    shared.send(None)

    async def user():
        return await shared
    try:
        await user()
    finally:
        shared.close()


print(run(twice()))
c.close()
for text in ["next(c)", "iter(c)", "list(c)", "c.send(1)", "c.throw(ValueError('x'))", "c.close()", "[x for x in c]", "(yield_from(c))"]:
    def yield_from(x):
        def g():
            yield from x
        return list(g())
    c2 = add(1)
    try:
        print(text, eval(text, {"c": c2, "yield_from": yield_from}))
    except BaseException as error:
        print(text, type(error).__name__, error)
    c2.close()


async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                print("got", got)
            await Wait(i)
    finally:
        print("agen finally")


async def loops():
    out = [i async for i in agen(3)]
    out.append({i: i * 2 async for i in agen(2) if i})
    out.append({await add(i) for i in (1, 2)})
    async for x in agen(2):
        out.append(x)
    else:
        out.append("else")
    g = agen(5)
    async for x in g:
        break
    await g.aclose()
    out.append([y async for y in (z async for z in agen(2))])
    return out


print(run(loops()))


class AIter:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.n -= 1
        if self.n < 0:
            raise StopAsyncIteration
        return self.n


class NoAnext:
    def __aiter__(self):
        return 5


class AsyncAiter:
    async def __aiter__(self):
        return self


class BadAnext:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 5


class RaisingAnext:
    def __aiter__(self):
        return self

    async def __anext__(self):
        raise KeyError("from anext")


async def iterate(x):
    return [i async for i in x]


for x in (AIter(3), 5, [1], NoAnext(), BadAnext(), RaisingAnext(), (i for i in "ab")):
    print(type(x).__name__, run(iterate(x)))


async def methods():
    g = agen(3)
    print(await g.__anext__(), await g.asend("sent"))
    try:
        await g.athrow(ValueError("thrown"))
    except ValueError as error:
        print("out came", error)
    try:
        await g.__anext__()
    except StopAsyncIteration as error:
        print("stopped", error.args)
    print(await g.aclose(), g.ag_running, g.ag_frame)
    g = agen(3)
    try:
        await g.asend(5)
    except TypeError as error:
        print(error)
    await g.aclose()
    g = agen(1)
    print(await anext(g), await anext(AIter(0), "default"))
    await g.aclose()
    try:
        await anext(AIter(0))
    except StopAsyncIteration:
        print("no default")
    return "done"


print(run(methods()))
for text in ["anext(5)", "aiter(5)", "anext()", "aiter(AIter(1)).n", "anext(AIter(1), 1, 2)"]:
    try:
        print(text, eval(text))
    except TypeError as error:
        print(text, error)


async def returns():
    return [await Wait(i) for i in range(3)], (await Wait(1), await Wait(2)), f"{await Wait(3)}", await Wait(4) if await Wait(1) else 0, not await Wait(0), -await Wait(5), await Wait(2) ** 2


print(run(returns()))
bad = ["def f():\n  await x", "await x", "async def f():\n  yield from x", "async def f():\n  return 1\n  yield", "def f():\n  async for x in y: pass", "def f():\n  async with x: pass", "[await x for x in y]", "def f():\n  return [x async for x in y]", "async def f():\n  def g():\n    await x", "async x = 5", "async def f():\n  lambda: await x", "class C:\n  async for x in y: pass", "async def f():\n  await", "async def await(): pass", "await = 5", "def f(await): pass"]
for text in bad:
    try:
        exec(compile(text, "<test>", "exec"))
        print(text.replace("\n", " | "), "ok")
    except SyntaxError as error:
        print(text.replace("\n", " | "), "->", error.msg)
