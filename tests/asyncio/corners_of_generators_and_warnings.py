"""Generators of both kinds that are closed, thrown into and asked twice; filters of warnings."""

import asyncio
import gc
import warnings
# async generator finalisation
log = []
async def agen(n):
    try:
        for i in range(n): yield i
    finally:
        log.append(f"fin {n}"); await asyncio.sleep(0); log.append(f"fin2 {n}")
async def m1():
    async for x in agen(5):
        if x == 2: break
    g = agen(3); print(await anext(g)); await g.aclose(); print(log)
    try: await anext(g)
    except StopAsyncIteration as e: print("stop", e.args)
    print(await anext(g, "default"))
    g = agen(1)
    try: await g.athrow(ValueError("x"))
    except ValueError as e: print(repr(e))
    g = agen(2); await anext(g)
    try: await g.athrow(KeyError("y"))
    except KeyError as e: print(repr(e), log[-1])
    async def bad():
        try: yield 1
        finally: yield 2
    b = bad(); await anext(b)
    try: await b.aclose()
    except RuntimeError as e: print(e)
    g = agen(2)
    a1 = anext(g); 
    try: a1.send(None)
    except StopIteration as e: print(e.value)
    try: await a1
    except RuntimeError as e: print(e)
    async def nested():
        async for x in agen(3): yield x * 10
    print([x async for x in nested()], [x async for x in agen(4) if x % 2])
    try: [x for x in agen(2)]
    except TypeError as e: print(e)
    try:
        async for x in [1]: pass
    except TypeError as e: print(e)
    try: await 5
    except TypeError as e: print(e)
    try:
        async with 5: pass
    except TypeError as e: print(e)
    try:
        with agen(1): pass
    except TypeError as e: print(e)
    class C:
        def __aiter__(self): return 5
    try:
        async for x in C(): pass
    except TypeError as e: print(e)
    class D:
        def __aiter__(self): return self
        def __anext__(self): return 5
    try:
        async for x in D(): pass
    except TypeError as e: print(e)
    class E:
        def __await__(self): return [1]
    try: await E()
    except TypeError as e: print(e)
    class F:
        def __await__(self): yield "x"
    try: await F()
    except RuntimeError as e: print(e)
    class G:
        async def __aenter__(self): return 1
    try:
        async with G(): pass
    except TypeError as e: print(e)
    async def cr(): return 3
    c = cr(); print(await c)
    try: await c
    except RuntimeError as e: print(e)
    async def rs(): raise StopIteration(5)
    try: await rs()
    except RuntimeError as e: print(e, repr(e.__cause__))
    async def rsa():
        raise StopAsyncIteration
        yield
    try: await anext(rsa())
    except RuntimeError as e: print(e, repr(e.__cause__))
asyncio.run(m1())
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    async def never(): pass
    never_made = 1
    print([(x.category.__name__, str(x.message)) for x in w])
# generators
def g():
    try: yield 1
    except GeneratorExit: yield 2
x = g(); next(x)
try: x.close()
except RuntimeError as e: print(e)
def g2():
    try: yield 1
    except GeneratorExit: return 7
x = g2(); next(x); print(x.close(), x.close())
def g3():
    r = yield
    while True: r = yield r
x = g3()
try: x.send(1)
except TypeError as e: print(e)
next(x); print(x.send(5))
def g4(): yield from g4b
g4b = (yield_ for yield_ in (1,2))
x = g4(); print(next(x), x.gi_yieldfrom is g4b, x.gi_running, x.gi_suspended)
try: x.throw(5)
except TypeError as e: print(e)
def g5():
    yield from [1]
    x.send(None)
x = g5(); next(x)
try: next(x)
except ValueError as e: print(e)
def g6():
    raise StopIteration(3)
    yield
try: next(g6())
except RuntimeError as e: print(e, repr(e.__cause__))
# warnings filters
def w(f):
    with warnings.catch_warnings(record=True) as got:
        warnings.resetwarnings(); f()
    print([(str(x.message), x.category.__name__) for x in got])
def fire(n=2, cat=UserWarning, msg="m"):
    for i in range(n): warnings.warn(f"{msg}", cat)
w(lambda: fire()); w(lambda: (warnings.simplefilter("always"), fire())); w(lambda: (warnings.simplefilter("once"), fire(), fire())); w(lambda: (warnings.simplefilter("module"), fire(), fire())); w(lambda: (warnings.simplefilter("ignore"), fire())); w(lambda: (warnings.filterwarnings("ignore", "M"), fire(), fire(msg="xM"))); w(lambda: (warnings.simplefilter("always"), warnings.filterwarnings("ignore", category=DeprecationWarning), fire(1, DeprecationWarning), fire(1)))
for bad in (lambda: warnings.simplefilter("nope"), lambda: warnings.filterwarnings("ignore", 5), lambda: warnings.filterwarnings("ignore", category=5), lambda: warnings.filterwarnings("ignore", lineno=-1), lambda: warnings.warn("x", 5), lambda: warnings.warn("x", stacklevel="a"), lambda: warnings.filterwarnings("error", "(")):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
warnings.simplefilter("error")
try: warnings.warn("boom", RuntimeWarning)
except RuntimeWarning as e: print(repr(e))
try: exec("x is 5")
except SyntaxError as e: print(e)
try: exec("'\\d'")
except SyntaxError as e: print(e)
try: exec("assert (1, 'x')")
except SyntaxError as e: print(e)
try: exec("1()")
except (SyntaxError, TypeError) as e: print(e)
try: exec("[1][1,2]")
except (SyntaxError, TypeError) as e: print(e)
try: exec("def f():\n try: pass\n finally: return 1")
except SyntaxError as e: print(e)
try: exec("0x1for x in y")
except SyntaxError as e: print(e)
try: ~True
except DeprecationWarning as e: print(e)
print(warnings.filters[0])
@warnings.deprecated("use other")
def old(): pass
try: old()
except DeprecationWarning as e: print(e, old.__deprecated__)
