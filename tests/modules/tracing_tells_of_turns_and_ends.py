"""Loops on one line begin it again at each turn; the StopIteration of what a loop, `yield from` or `await` asks is told of."""

import asyncio
import sys
def record(f, *args):
    first = f.__code__.co_firstlineno
    events = []
    def tracer(frame, event, arg):
        if frame.f_code.co_filename != __file__: return None
        arg = arg[0].__name__ if event == "exception" else ""
        events.append(frame.f_code.co_name + ":" + event[0] + str(frame.f_lineno - first) + arg)
        return tracer
    sys.settrace(tracer)
    try: r = f(*args)
    except BaseException as e:
        sys.settrace(None); events.append(type(e).__name__)
    finally: sys.settrace(None)
    print(f.__name__, *events)

def drive(co):
    try:
        while True: co.send(None)
    except StopIteration: pass


def a():
    i = 2
    while i: i -= 1
    return i
def a2():
    i = 2
    while i > 0 and i < 5: i -= 1
def a3():
    i = 2
    while True:
        i -= 1
        if i < 0: break
def a4():
    i = 3
    while i: i -= 1; continue
def a5():
    for j in (1,2): pass
    for j in (1,2): j += 1
    for j in (1,2): j += 1; continue
def a6():
    i = 2
    while (i :=
       i - 1): i
def a7():
    i = 2
    while True: i -= 1; i or 1/0
def a8():
    i = 4
    while i: i -= 1 if i != 2 else 2
    else: i = 8
    i = 3
    while i:
        if i == 2: i -= 1; continue
        i -= 1
    i = 3
    while i and (i:= i-1): pass
def a9():
    i = [1,2,3]
    while i.pop() > 1: pass
    while len(i) <1000000 and all([i for j in range(3)]) and not [k for k in i]: i.append(1)
def sub():
    yield 1
    return 5
def b():
    x = yield from sub()
    return x
def b1():
    return list(b())
def b2():
    def g():
        yield from [1,2]
        yield from (x for x in [1])
    return list(g())
class A:
    def __await__(self):
        yield 1
        return 7
async def inner():
    return 5
async def inner2():
    await A()
    return await inner()
async def outer():
    x = await inner()
    y = await inner2()
    return x + y
def c1(): drive(outer())
class It:
    n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 1: raise StopIteration(9)
        return self.n
def c2():
    def g():
        yield from It()
    list(g())
def c3():
    for i in It(): pass
def c4():
    it = It()
    next(it)
    try: next(it)
    except StopIteration: pass
    list(It())
    a, = It()
class CM:
    async def __aenter__(self): return 1
    async def __aexit__(self, *a): return False
class AI:
    n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 2: raise StopAsyncIteration
        return self.n
async def agen():
    yield 1
    await inner()
    yield 2
def c5():
    async def f():
        async with CM() as x:
            pass
        async for i in AI():
            i
        async for i in agen():
            i
        return [i async for i in agen()]
    drive(f())
def c6():
    def g():
        try: yield 1
        except ValueError: return 3
    def h():
        return (yield from g())
    it = h(); next(it)
    try: it.throw(ValueError)
    except StopIteration: pass
    it = h(); next(it)
    it.close()
def c7():
    def g():
        yield 1
    it = g()
    next(it); next(it, None)
    for i in g(): i
    def h():
       x = 1
       y = yield from g(); x = yield from g()
    list(h())
def d1():
    async def f():
        async for i in AI(): pass
        async for i in AI(): i; i
        async for i in AI(): i; continue
    drive(f())
def d2():
    for i in map(str, It()): pass
    for i in zip(It(), [1,2]): pass
    for i in iter(It().__next__, 5): pass
    for i in enumerate(It()): pass
    for i in [1]: pass
    x = [i for i in It()]
    x = [*It()]
    x = list(It())
    a, *b = It()
    for i in reversed([1]): pass
    for i in (z for z in It()): pass
    for i in filter(None, It()): pass
def gen():
    yield 1
def d3():
    for i in map(str, gen()): pass
    def g():
        yield from map(str, It())
        yield from map(str, gen())
        yield from range(1)
    list(g())
class Fut:
    def __await__(self): return It()
def d4():
    async def f():
        await Fut()
        try: await Fut()
        finally: 5
    drive(f())
def d5():
    async def f():
        await asyncio.sleep(0)
        fut = asyncio.get_running_loop().create_future()
        fut.set_result(4)
        await fut
        t = asyncio.create_task(g())
        await t
    async def g():
        return 5
    asyncio.run(f())
def d6():
    def g():
        try:
            yield from [1, 2]
        except ValueError:
            pass
        yield from gen()
    it = g(); next(it)
    it.throw(ValueError)
    it.close()
    def s():
        x = yield 1
        return x
    def k():
        y = yield from s()
        return y
    it = k(); next(it)
    try: it.send(4)
    except StopIteration: pass
def e1():
    i = [1, 2]
    while [k for k in i]:
        i.pop()
    i = [1]
    while len(i) < 3 and all([i for j in range(3)]):
        i.append(1)
        if i: continue
    while not i:
        pass
    else: i = 0


def values():
    """What the exception event is told of."""
    def tracer(frame, event, arg):
        if event == "exception" and frame.f_code.co_filename == __file__:
            kind, value, traceback = arg
            print(frame.f_code.co_name, kind.__name__, repr(value), traceback is None)
        return tracer
    sys.settrace(tracer)
    b1(); c1(); c2(); c3(); c6(); d4()
    sys.settrace(None)


for f in (a, a2, a3, a4, a5, a6, a7, a8, a9, b1, b2, c1, c2, c3, c4, c5, c6, c7, d1, d2, d3, d4, d5, d6, e1): record(f)
values()
