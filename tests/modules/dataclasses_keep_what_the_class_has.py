

from dataclasses import *

import pickle, inspect, functools, abc
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
@dataclass
class A:
    x: int
    def __init__(self, x): self.x = 2*x
t(lambda: A(3)); t(lambda: A.__doc__); t(lambda: inspect.signature(A))
@dataclass
class B:
    x: int; y: 'str' = 'a'; z: list = field(default_factory=list, kw_only=True)
t(lambda: B.__doc__); t(lambda: B.__init__.__annotations__); t(lambda: inspect.signature(B)); t(lambda: B.__init__.__annotate__(4))
t(lambda: B.__init__.__annotate__(2))
f=field(); f.type=f; t(lambda: repr(f)[:60])
def deco(g):
    @functools.wraps(g)
    def w(*a): return g(*a)
    return w
@dataclass(slots=True)
class C(B):
    w: int = 5
    @deco
    def foo(self): return super().__repr__(), __class__ is C
    @property
    def p(self): return __class__
    @p.setter
    def p(self, v): print(__class__ is C)
c=C(1); t(c.foo); t(lambda: c.p is C); c.p=3
t(lambda: C.__slots__); t(lambda: C.__init__.__annotations__)
@dataclass(frozen=True, slots=True)
class P:
    a: int
    got: bool = field(default=False, compare=False)
    def __getstate__(self):
        object.__setattr__(self,'got',True); return [self.a]
t(lambda: pickle.loads(pickle.dumps(P(1)))==P(1))
@dataclass
class NF: i: int
@dataclass(frozen=True)
class FR: j: int
for bases in ((NF,FR),(FR,NF)):
    for fr in (0,1):
        t(lambda: dataclass(type('Q',bases,{}),frozen=fr))
class Ordered(abc.ABC):
    @abc.abstractmethod
    def __lt__(s,o): pass
@dataclass(order=True)
class Dt(Ordered):
    y: int
t(lambda: Dt(1)<Dt(2))
class Raw: pass
@dataclass(slots=True, weakref_slot=True)
class W(Raw): q:int=1
t(lambda: W.__slots__)
@dataclass(slots=True, weakref_slot=True)
class W2: q:int=1
t(lambda: W2.__slots__)
class R1: __slots__=iter(['a'])
def bad():
    @dataclass(slots=True)
    class X(R1): x:int
t(bad)
class M(type):
    def __call__(cls, *a): return super().__call__(*a)
@dataclass
class MC(metaclass=M): x: int
t(lambda: MC.__doc__)
@dataclass(init=False)
class NI:
    x: int
t(lambda: NI.__doc__)
@dataclass
class U:
    a: undef
    b: list[undef2]
t(lambda: U.__init__.__annotations__); t(lambda: U.__doc__); undef=undef2=int; t(lambda: U.__init__.__annotations__)
