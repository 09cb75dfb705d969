"""abc and collections.abc: what is a what, mixin methods, abstract methods."""

import collections.abc as c
print(c.__all__)
import _collections_abc as m
for n in m.__all__:
    if n == 'ByteString': continue
    k=getattr(m,n)
    print(n, k.__bases__, sorted(k.__abstractmethods__))
for t in (bytes,str,tuple,range,memoryview,bytearray,list,dict,set,frozenset,type({}.keys()),type({}.items()),type({}.values()),type(iter([])),type(iter({})), type(iter('')),type(iter(b'')),type(iter(range(3))),type((x for x in ())), type(zip()), type(lambda:0), int):
    print(t.__name__, [n for n in m.__all__ if n != 'ByteString' and isinstance(getattr(m,n),type) and issubclass(t,getattr(m,n))])

class Row(m.Sequence):
    def __init__(self, *items): self.items = items
    def __len__(self): return len(self.items)
    def __getitem__(self, i): return self.items[i]
r=Row(1,2,3); print(list(r), 2 in r, r.index(3), r.count(1), list(reversed(r)))
match r:
    case [a, *b]: print(a, b)
class Low(m.MutableMapping):
    def __init__(self): self.d={}
    def __getitem__(self,k): return self.d[k.lower()]
    def __setitem__(self,k,v): self.d[k.lower()]=v
    def __delitem__(self,k): del self.d[k.lower()]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
l=Low(); l['A']=1; l.update(B=2); print(dict(l), l.pop('a'), l.setdefault('c',5), l.get('zz'), l.items(), list(l.values()), l=={'b':2,'c':5}, l.keys()&{'b'})
match l:
    case {'b': x}: print(x)
class Bits(m.MutableSet):
    def __init__(self, it=()): self.s=list(dict.fromkeys(it))
    def __contains__(self,x): return x in self.s
    def __iter__(self): return iter(self.s)
    def __len__(self): return len(self.s)
    def add(self,x): x in self.s or self.s.append(x)
    def discard(self,x): x in self.s and self.s.remove(x)
b=Bits([1,2]); b|=[3]; print(list(b), list(b&[1,3]), list(b-{1}), list(b^{1,9}), b<={1,2,3}, b.isdisjoint([7]), b==Bits([3,2,1])); b.remove(1)
try: b.remove(1)
except KeyError as e: print(repr(e))
try: m.Sequence()
except TypeError as e: print(e)
import abc
class A(abc.ABC):
    @property
    @abc.abstractmethod
    def p(self): ...
    @classmethod
    @abc.abstractmethod
    def c(cls): ...
class B(A):
    p=1
for k in (A,B):
    try: k()
    except TypeError as e: print(e)
class X: pass
A.register(X); print(issubclass(X,A), isinstance(X(),A), isinstance(5,A), A.register(int), isinstance(5,A))
try: issubclass(5, A)
except TypeError as e: print(e)
print(m.Callable[[int,str],float], m.Callable[...,int], m.Callable[[],int].__args__, m.Iterable[int], m.Callable[[int],str]==m.Callable[[int],str])
try: m.Callable[int]
except TypeError as e: print(e)
import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    print(isinstance(b"", m.ByteString), isinstance("", m.ByteString), issubclass(bytes, m.ByteString), issubclass(int, m.ByteString))
    class Derived(m.ByteString): pass
    print(isinstance(Derived, type), [str(w.message) for w in seen], [w.lineno - seen[0].lineno for w in seen])
