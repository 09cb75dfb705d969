class A:
    kind = "A"
    def m(self, x=1): return ("A.m", x)
    @property
    def p(self): return "A.p"
    @classmethod
    def c(cls): return ("A.c", cls.__name__)
    @staticmethod
    def s(): return "A.s"
    def __getattr__(self, n): return "getattr " + n
class B(A):
    kind = "B"
    def m(self, x=1): return ("B.m", super().m(x + 1), super().kind, super().p)
    @property
    def p(self): return ("B.p", super().p)
    @classmethod
    def c(cls): return ("B.c", super().c(), super().kind)
    @staticmethod
    def s(): return "B.s"
    def t(self): return super().s(), super().c()
    def missing(self):
        return super().nothing
    def missing_call(self):
        return super().nothing(1)
    def deleted(self):
        del self
        return super().m()
    def other(self):
        self = 3
        return super().m()
    def cellar(self):
        f = lambda: self
        return super().m(), f() is not None
    def cls(self): return super().__class__
    def star(self, *a, **k): return super().m(*a, **k)
class C(B):
    def m(self, x=1): return ("C.m", super().m(x + 1))
class D(A):
    def m(self, x=1): return ("D.m", super().m(x + 1))
class E(C, D): pass
for cls in (B, C, E, D, B):
    for _ in range(3):
        o = cls()
        print(o.m(), o.p)
b = B()
for f in (b.t, b.missing, b.missing_call, b.deleted, b.other, b.cellar, b.cls, b.star, lambda: b.star(x=5), B.c, C.c, E.c, lambda: B.m(3), lambda: B.m(A()), lambda: B.m(E())):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
A.m = lambda self, x=0: ("new", x)
print(E().m())
D.m = lambda self, x=0: ("newD", x)
print(E().m(), C().m())
A.kind = 7
print(B().m())
def make(base):
    class X(base):
        def m(self): return super().m()
    return X
for base in (B, C, D, E):
    print(make(base)().m())
def shadow():
    class S(A):
        def m(self): return super().m()
    return S
S = shadow()
print(S().m())
class Fake:
    def __init__(self, *a): self.a = a
    def m(self): return ("fake", self.a)
super = Fake
print(S().m())
print(B().m.__func__(B()) if False else "ok")
del super
print(S().m())
class M(type):
    def __call__(cls, *a): return super().__call__(*a)
    def __new__(m, n, b, d): return super().__new__(m, n, b, d)
class N(metaclass=M):
    def __init__(self, a): super().__init__(); self.a = a
print(N(3).a, N(4).a)
class O(dict):
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)
    def __getitem__(self, k): return super().__getitem__(k)
    def __repr__(self): return "O" + super().__repr__()
    def __len__(self): return super().__len__() + 1
o = O(); o[1] = 2
print(o, o[1], len(o))
class G:
    def g(self): yield from (1, 2)
class H(G):
    def g(self):
        yield super().g
        yield from super().g()
print(list(H().g())[1:])
import traceback
try: B().missing()
except AttributeError: traceback.print_exc()
class P(B):
    def deleted(self): del self; return super().m()
    def x(): return super().m()
try: P().deleted()
except RuntimeError as e: print(e)
