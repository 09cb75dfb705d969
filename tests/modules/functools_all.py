"""functools: wrapping, partial application, caches, ordering, dispatch."""

import functools
from functools import *
def deco(f):
    @wraps(f)
    def w(*a): "inner"; return f(*a)+1
    return w
@deco
def add(a,b): "adds"; return a+b
print(add(1,2), add.__name__, add.__doc__, add.__wrapped__(1,2), add.__qualname__, add.__module__)
p=partial(int,base=2); print(p('101'), p.func, p.args, p.keywords, p, partial(p,'11')(), partial(print,1,2,sep='-')(3), partial(partial(max,1),2).args)
p.extra=5; print(p.extra, isinstance(p,partial), callable(p))
q=partial(pow,Placeholder,2); print(q(5), q, Placeholder)
for f in (lambda: partial(5), lambda: partial(), lambda: partial(pow, Placeholder), lambda: q(), lambda: partial(int,x=Placeholder)):
    try: print(f())
    except TypeError as e: print(e)
class Cell:
    def __init__(self): self._a=False
    def set(self,s): self._a=s
    on=partialmethod(set,True)
c=Cell(); c.on(); print(c._a)
@lru_cache(maxsize=2)
def sq(x): print('call',x); return x*x
print(sq(1),sq(1),sq(2),sq(3),sq(1),sq.cache_info(),sq.cache_parameters()); sq.cache_clear(); print(sq.cache_info(), sq.__wrapped__(4), sq.__name__)
@cache
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
print(fib(80), fib.cache_info())
@lru_cache
def kw(a,*,b=1): return a,b
print(kw(1), kw(1,b=1), kw(1,b=2), kw.cache_info())
@lru_cache(typed=True)
def ty(x): return x
ty(1); ty(1.0); print(ty.cache_info().misses)
try: sq([])
except TypeError as e: print(e)
try: lru_cache('a')
except TypeError as e: print(e)
class M:
    calls=0
    @cached_property
    def v(self): M.calls+=1; return 7
    @lru_cache
    def meth(self,x): return x*2
    @singledispatchmethod
    def d(self,x): return 'base'
    @d.register
    def _(self,x:int): return 'int'
m=M(); print(m.v,m.v,M.calls,m.__dict__,m.meth(4),m.d(5),m.d('s'), type(M.v).__name__); m.v=9; print(m.v); del m.v; print(m.v)
print(reduce(lambda a,b:a*b,[1,2,3,4]), reduce(max,[],5), reduce(lambda a,b:a+b,'abc'))
try: reduce(max,[])
except TypeError as e: print(e)
@total_ordering
class V:
    def __init__(s,n): s.n=n
    def __eq__(s,o): return s.n==o.n
    def __lt__(s,o): return s.n<o.n if isinstance(o,V) else NotImplemented
print(V(1)<=V(1), V(2)>V(1), V(1)>=V(2), sorted([V(3),V(1)])[0].n)
try: V(1)<=5
except (TypeError,AttributeError) as e: print(type(e).__name__)
try:
    @total_ordering
    class Q: pass
except ValueError as e: print(e)
print(sorted([3,1,2],key=cmp_to_key(lambda a,b:b-a)))
@singledispatch
def show(x): return 'obj'
@show.register
def _(x:int): return 'int'
@show.register(list)
def _l(x): return 'list'
@show.register(float|complex)
def _fc(x): return 'num'
import collections.abc
@show.register
def _m(x: collections.abc.Mapping): return 'map'
print(show('a'),show(1),show(True),show([]),show(1.5),show(2j),show({}),show.dispatch(int)(5),list(show.registry)[:2], show.__name__)
for f in (lambda: show(), lambda: show.register(5), lambda: show.register(lambda x: x)):
    try: f()
    except TypeError as e: print(str(e)[:60])
print(repr(partial(len)), update_wrapper(partial(len), len).__name__, functools.WRAPPER_ASSIGNMENTS)
# A key's hash is asked for once, also when its entry is thrown out.
class Key:
    def __init__(self, n): self.n, self.asked = n, 0
    def __hash__(self): self.asked += 1; return hash(self.n)
    def __eq__(self, other): return self.n == other.n
@functools.lru_cache(maxsize=1)
def once(*args, **kwargs): return 1
keys = [Key(n) for n in range(3)]
for key in keys: once(key)
print([key.asked for key in keys], once.cache_info()); once(keys[2], x=1); once(x=keys[1]); print([key.asked for key in keys])
# What is shown of a partial object was there when it was asked for.
class Changes:
    def __repr__(self): p.__setstate__((print, (None,), {"keyword": None}, None)); return "Changes()"
p = partial(max, Changes(), 7, arg=None); print(p); print(p)
