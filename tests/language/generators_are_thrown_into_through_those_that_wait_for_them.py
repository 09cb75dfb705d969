# What throw() runs has been called by the generators on the way; and what goes wrong with making the exception.
import sys, traceback, types
def names():
    out, frame = [], sys._getframe(1)
    while frame and frame.f_code.co_name != "<module>":
        out.append(frame.f_code.co_name)
        frame = frame.f_back
    return out
def f():
    print(names())
    try: yield 1
    except ValueError as e: print(names(), repr(e), repr(e.__context__))
    try: yield 2
    finally: print(names())
def g():
    try: yield from f()
    except KeyError as e:
        print(names(), traceback.format_exc().splitlines()[-1], [t.name for t in traceback.extract_tb(e.__traceback__)])
        yield 3
    yield 4
class Custom:
    def __init__(self, result): self.result = result
    def __iter__(self): return self
    def __next__(self): return 7
    def throw(self, *args):
        print(names(), args)
        if isinstance(self.result, BaseException): raise self.result
        return self.result
    def close(self): print("close", names())
def h(x):
    try:
        r = yield from x
        print("returned", r)
    except RuntimeError as e: print("caught", repr(e), names())
    yield 9
def run(make, *steps):
    gen = make()
    print(next(gen))
    for step in steps:
        try: print(gen.throw(step) if step is not None else next(gen))
        except BaseException as e: print(repr(e), [t.name for t in traceback.extract_tb(e.__traceback__)])
run(g, ValueError("a"), KeyError("b"), None, None)
run(lambda: h(g()), ValueError, KeyError)
run(lambda: h(Custom(5)), ValueError, TypeError, GeneratorExit)
run(lambda: h(Custom(StopIteration(8))), ValueError)
run(lambda: h(Custom(RuntimeError("r"))), ValueError)
run(lambda: h(iter("xyz")), ValueError)
run(lambda: h(iter("xyz")), RuntimeError)
class E(Exception):
    def __new__(cls, *args): return cls
class B(Exception):
    def __init__(self): raise OSError("no")
def catching():
    try: yield 1
    except Exception as e: print(type(e).__name__, e)
    yield 2
run(catching, E, B); run(catching, B, E); run(catching, 3)
@types.coroutine
def a():
    try: yield len(names())
    except ZeroDivisionError: yield len(names())
async def b(): await a()
async def c(): await b()
coro = c(); print(coro.send(None), coro.throw(ZeroDivisionError)); coro.close()
print(types.coroutine(a) is a, a.__name__, bool(a.__code__.co_flags & 0x100), types.coroutine(b) is b)
print(type(types.coroutine(lambda: 5)()), types.coroutine(max)(1, 2))
class Gen:
    def send(self, v): return "send", v
    def throw(self, *a): return "throw", a
    def close(self): return "close"
    def __iter__(self): return self
    def __next__(self): return "next"
w = types.coroutine(lambda: Gen())()
print(type(w).__name__, w.send(1), w.throw(ValueError), w.close(), next(w), iter(w) is w, w.__await__() is w)
for name in ("gi_code", "cr_code", "gi_frame", "cr_running", "cr_await"):
    try: getattr(w, name)
    except AttributeError as e: print(e)
