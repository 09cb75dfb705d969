"""contextlib and copy."""

from contextlib import *
import copy, sys
@contextmanager
def cm(x):
    "doc"
    print('in',x)
    try: yield x*2
    except ValueError as e: print('caught',e)
    finally: print('out')
with cm(3) as v: print(v)
with cm(1): raise ValueError('boo')
try:
    with cm(1): raise KeyError('k')
except KeyError as e: print('passed',e)
@cm(5)
def deco(): print('body')
deco(); deco(); print(cm.__doc__, cm.__name__)
@contextmanager
def none(): return; yield
@contextmanager
def two(): yield 1; yield 2
@contextmanager
def swallow():
    try: yield
    except Exception: pass
@contextmanager
def stop(): yield
for f in (none,two):
    try:
        with f(): pass
    except RuntimeError as e: print(e)
with swallow(): 1/0
try:
    with stop(): raise StopIteration('s')
except StopIteration as e: print('stop',e)
with suppress(KeyError,IndexError): [][1]
class C:
    def close(self): print('closed')
with closing(C()) as c: print('use')
with nullcontext(5) as n: print(n)
with ExitStack() as s:
    s.enter_context(cm('a')); s.callback(print,'cb',sep='|'); s.push(lambda *a: print('push',a[0]))
    print('stack')
with ExitStack() as s:
    s.push(lambda *a: True); s.callback(print, 'x'); raise ValueError
try:
    with ExitStack() as s:
        s.callback(lambda: 1/0); raise KeyError('first')
except ZeroDivisionError as e: print(repr(e), repr(e.__context__))
s=ExitStack(); s.callback(print,'later'); t=s.pop_all(); s.close(); print('-'); t.close()
try: ExitStack().enter_context(5)
except TypeError as e: print(e)
class W:
    def __init__(self): self.t=''
    def write(self,x): self.t+=x
    def flush(self): pass
w=W()
with redirect_stdout(w): print('hidden')
print(repr(w.t))
print(isinstance(nullcontext(), AbstractContextManager), issubclass(ExitStack, AbstractContextManager))
@asynccontextmanager
async def acm():
    print('ain')
    try: yield 1
    finally: print('aout')
async def main():
    async with acm() as x: print(x)
    async with AsyncExitStack() as st:
        print(await st.enter_async_context(acm()))
        st.push_async_callback(acb, 5)
async def acb(x): print('acb',x)
try: main().send(None)
except StopIteration: pass
class P:
    def __init__(s): s.a=[1]; s.me=s
p=P(); q=copy.copy(p); r=copy.deepcopy(p); print(q.a is p.a, r.a is p.a, r.me is r, q.me is p)
l=[1,[2]]; l.append(l); d=copy.deepcopy(l); print(d[2] is d, d[1] is l[1], copy.copy(l)[1] is l[1])
t=(1,[2]); print(copy.copy(t) is t, copy.deepcopy(t), copy.deepcopy((1,2)) == (1,2), copy.deepcopy({'a':{1,2},'b':frozenset([1])}))
class S:
    __slots__=('x','y')
s=S(); s.x=[1]; s2=copy.deepcopy(s); print(s2.x, s2.x is s.x, hasattr(s2,'y'))
class K:
    def __copy__(self): return 'copied'
    def __deepcopy__(self,m): return 'deep'
print(copy.copy(K()), copy.deepcopy([K()]))
class L(list): pass
x=L([1]); x.z=[1]; y=copy.copy(x); print(type(y), y, y.z is x.z, copy.deepcopy(x).z is x.z)
class D(dict): pass
print(copy.deepcopy(D(a=[1])), copy.copy(bytearray(b'x')), copy.copy(len) is len, copy.deepcopy(ValueError(1,2)).args)
from collections import *
print(copy.copy(deque([1],3)), copy.deepcopy(defaultdict(list,{1:[2]})), copy.deepcopy(OrderedDict(a=1)), copy.copy(Counter('aa')), copy.deepcopy(namedtuple('N','a')([1])))
try: copy.replace(5,x=1)
except TypeError as e: print(e)
print(copy.replace(namedtuple('N','a b')(1,2), b=9))

# Leaving is by bound methods; reductions of objects that say nonsense, or hide them.
stack = ExitStack()
inner = nullcontext()
stack.enter_context(inner); stack.push(inner)
print([callback.__self__ is inner for _, callback in stack._exit_callbacks])


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


def reduced(answer, name="__reduce_ex__"):
    return type("Odd", (), {name: lambda self, *protocol: answer})()


for answer in (5, (), (int,), (int, ()), (list, (), None, iter([1]), None), (dict, (), None, None, iter([(1, 2)])),
               (list, (), None, None, None, None), (list, (), None, None, None, None, None), "text", "", None, [int, ()], (5, ()), (int, 5)):
    for name in ("__reduce_ex__", "__reduce__"):
        attempt(lambda: str(copy.copy(reduced(answer, name)))[:30] if not isinstance(answer, str) else "itself")
        attempt(lambda: str(copy.deepcopy(reduced(answer, name)))[:30] if not isinstance(answer, str) else "itself")


class Hides:
    def __getattribute__(self, name):
        if name.startswith("__reduce"):
            raise AttributeError(name)
        return object.__getattribute__(self, name)


attempt(lambda: copy.copy(Hides()))
attempt(lambda: copy.deepcopy(Hides()))
