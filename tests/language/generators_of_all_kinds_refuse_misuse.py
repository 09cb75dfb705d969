"""Generators, coroutines, asynchronous generators: every way of driving them, and every message."""

def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, '|', repr(e.__context__), repr(e.__cause__))
def g():
    try:
        x = yield 1
        print('got', x)
        yield 2
    finally: print('fin')
    return 9
a=g(); print(a.gi_running, a.gi_suspended, a.gi_frame is not None, a.gi_yieldfrom, a.gi_code.co_name, a.__name__, a.__qualname__)
t(lambda: a.send(5)); print(next(a), a.gi_suspended); print(a.send('v')); t(lambda: next(a)); t(lambda: next(a)); t(lambda: a.send(1)); t(lambda: a.throw(ValueError)); print(a.gi_frame, a.gi_running, a.gi_suspended); print(a.close())
print(a.close()); a=g(); t(lambda: a.throw(ValueError('x'))); t(lambda: next(a))
a=g(); next(a); t(lambda: a.throw(ValueError)); 
a=g(); next(a); t(lambda: a.throw(1)); t(lambda: a.throw()); t(lambda: a.throw(int)); t(lambda: a.throw('str')); t(lambda: a.throw(1,2,3,4)); print(next(a)); print(a.close()); t(lambda: next(a))
def g2():
    try: yield 1
    except GeneratorExit: print('exit'); yield 2
a=g2(); next(a); t(a.close)
def g3():
    try: yield 1
    except GeneratorExit: return 'ret'
a=g3(); next(a); print(a.close()); print(a.close())
def g4():
    try: yield 1
    except GeneratorExit: raise KeyError('k')
a=g4(); next(a); t(a.close)
def g5(): 
    raise StopIteration('inner')
    yield
t(lambda: next(g5()))
def g6():
    yield from g5()
t(lambda: next(g6()))
def g7():
    x = yield from [1,2]
    print('x',x)
    y = yield from g3()
    print('y',y)
a=g7(); print(next(a), type(a.gi_yieldfrom).__name__); t(lambda: a.send(1)); 
a=g7(); next(a); t(lambda: a.throw(KeyError('t')))
def g8():
    yield from 5
t(lambda: next(g8()))
def g9():
    a9.send(None); yield
a9=g9(); t(lambda: next(a9))
def g10():
    yield a10.gi_running
a10=g10(); print(next(a10))
for n,v in (('__name__','n'),('__name__',1),('__qualname__','q'),('__qualname__',1),('gi_frame',1),('gi_running',1),('foo',1)):
    def s(): setattr(a10,n,v); return getattr(a10,n)
    t(s)
print(repr(a10).split(' at')[0], type(a10), iter(a10) is a10)
t(lambda: type(a10)()); t(lambda: a10.send()); t(lambda: a10.send(1,2)); t(lambda: a10[0]); t(lambda: len(a10)); t(lambda: a10+1)
class Sub:
    def __init__(s): s.i=iter([1,2])
    def __iter__(s): return s
    def __next__(s): return next(s.i)
    def send(s,v): print('send',v); return 's'
    def throw(s,*a): print('throw',a); return 't'
    def close(s): print('close')
def g11(): r = yield from Sub(); print('r',r)
a=g11(); print(next(a)); print(a.send(3)); print(a.throw(ValueError('z'))); a.close()
a=g11(); print(next(a), next(a)); t(lambda: next(a))
# return value
def g12(): 
    return (1,2)
    yield
try: next(g12())
except StopIteration as e: print(e.value, e.args)
def g13():
    return ValueError('v')
    yield
try: next(g13())
except StopIteration as e: print(repr(e.value), e.args)
# genexpr
ge=(x*y for x in range(3) for y in range(2) if x); print(ge.__name__, ge.__qualname__, list(ge)); t(lambda: (x for x in 5)); 
# coroutines
class Aw:
    def __init__(s,v): s.v=v
    def __await__(s): r = yield s.v; return r
async def co(x):
    r = await Aw(x)
    return r*2
c=co(5); print(c.cr_running, c.cr_suspended, c.cr_await, c.cr_frame is not None, c.cr_code.co_name, c.cr_origin, c.__name__); print(c.send(None), c.cr_suspended, type(c.cr_await).__name__)
t(lambda: c.send(21)); t(lambda: c.send(None)); t(lambda: c.throw(ValueError)); print(c.close())
c=co(1); t(lambda: c.send(1)); t(lambda: next(c)); t(lambda: iter(c)); t(lambda: [*c]); c.close(); t(lambda: c.send(None))
class BadAw:
    def __await__(s): return 5
class BadAw2:
    def __await__(s): return co(1)
class BadAw3:
    def __await__(s): return iter([])
async def aw(x): return await x
for x in (5, None, BadAw(), BadAw3(), [1], g(), 'a'):
    c=aw(x); t(lambda: c.send(None))
c=co(1); c2=aw(c); print(c2.send(None)); c3=aw(c); t(lambda: c3.send(None)); c2.close(); c3.close()
c=co(1); w=c.__await__(); print(type(w).__name__, next(w)); t(lambda: w.send(4)); t(lambda: w.throw(ValueError)); w.close()
# async generators
async def ag():
    try:
        x = yield 1
        print('ag got',x)
        yield 2
    finally: print('ag fin')
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
a=ag(); print(a.ag_running, a.ag_frame is not None, a.ag_await, a.ag_code.co_name, a.ag_suspended, a.__name__)
a=ag(); print(run(a.__anext__())); print(run(a.asend('v'))); t(lambda: run(a.__anext__())); t(lambda: run(a.__anext__())); 
a=ag(); t(lambda: run(a.asend(1)))
a=ag(); run(a.__anext__()); t(lambda: run(a.athrow(ValueError('q')))); t(lambda: run(a.asend(None)))
a=ag(); run(a.__anext__()); print(run(a.aclose())); print(run(a.aclose())); t(lambda: run(a.athrow(KeyError)))
a=ag(); s=a.asend(None); t(lambda: s.send(None)); t(lambda: s.send(None)); t(lambda: s.throw(ValueError)); s.close(); run(a.aclose())
a=ag(); n=a.__anext__(); n.close(); t(lambda: n.send(None))
async def ag2():
    try: yield 1
    except GeneratorExit: yield 2
a=ag2(); run(a.__anext__()); t(lambda: run(a.aclose()))
async def ag3():
    raise StopAsyncIteration('sa'); yield
t(lambda: run(ag3().__anext__()))
async def ag4():
    raise StopIteration('si'); yield
t(lambda: run(ag4().__anext__()))
async def c5(): raise StopIteration('cs')
t(lambda: run(c5()))
async def af():
    async for x in 5: pass
t(lambda: run(af()))
class AI:
    def __aiter__(s): return 5
class AI2:
    def __aiter__(s): return s
    def __anext__(s): return 5
class AI3:
    async def __aiter__(s): return s
async def afx(o):
    async for x in o: pass
for o in (AI(),AI2(),[1],ag): t(lambda: run(afx(o)))
async def awith(o):
    async with o as x: return x
class CM:
    def __aenter__(s): return 5
    async def __aexit__(s,*a): pass
class CM2:
    async def __aenter__(s): return 5
class CM3:
    async def __aexit__(s,*a): pass
class CM4:
    def __enter__(s): pass
    def __exit__(s,*a): pass
class CM5:
    async def __aenter__(s): return 5
    def __aexit__(s,*a): return 7
for o in (5,CM(),CM2(),CM3(),CM4(),CM5()): t(lambda: run(awith(o)))
def sw(o):
    def q():
        with o as x: return x
    return q
class W1:
    def __enter__(s): return 1
class W2:
    def __exit__(s,*a): return 1
class W3:
    async def __aenter__(s): return 5
    async def __aexit__(s,*a): return 7
for o in (5,W1(),W2(),W3()): t(sw(o))
t(lambda: anext(5)); t(lambda: aiter(5)); t(lambda: aiter(AI())); t(lambda: anext(ag(),1,2)); x5=ag(); t(lambda: run(anext(x5))); run(x5.aclose())
async def empty():
    return
    yield
t(lambda: run(anext(empty(),'dflt'))); t(lambda: run(anext(empty())))

class Wait:
    def __await__(s): yield 'w'
async def waits():
    await Wait(); yield 1; yield 2
a=waits(); one=a.__anext__(); two=a.__anext__(); three=a.aclose(); four=a.athrow(ValueError)
print(one.send(None), a.ag_running); t(lambda: two.send(None)); t(lambda: three.send(None)); t(lambda: four.send(None)); t(lambda: one.send(None)); print(a.ag_running); print(run(a.__anext__())); run(a.aclose())
