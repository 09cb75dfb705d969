# __class__ and __dict__ of every kind of object set to every kind of value, slots, super, mro, pow in three.
import sys
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
# descr
class I(int):
    def __repr__(self): return 'I(%r)' % int(self)
    def __add__(self, o): return I(int(self) + int(o))
    __radd__ = __add__
    def __pow__(self, o, m=None): return I(pow(int(self), int(o), m) if m is not None else pow(int(self), int(o)))
    def __rpow__(self, o, m=None): return I(pow(int(o), int(self), m) if m is not None else pow(int(o), int(self)))
t(lambda: repr(I(1) + I(2))); t(lambda: repr(I(1) + 2)); t(lambda: repr(1 + I(2))); t(lambda: repr(I(2) ** I(3))); t(lambda: repr(2 ** I(3))); t(lambda: repr(I(2) ** 3)); t(lambda: repr(pow(I(2), I(3), I(5)))); t(lambda: repr(pow(2, I(3), 5))); t(lambda: repr(pow(2, 3, I(5))))
class S(str):
    def __eq__(self, other): return self.lower() == other.lower()
# slots
class C:
    __slots__ = ['a', '__b']
t(lambda: (setattr(C(), 'a', 1)))
def mk(body): ns = {}; exec(body, ns); return ns['C']
t(lambda: mk("class C:\n __slots__=['__qualname__']"))
t(lambda: mk("class C:\n __slots__='abc'\n abc=1")); t(lambda: mk("class C:\n __slots__=[1]")); t(lambda: mk("class C:\n __slots__=['']")); t(lambda: mk("class C:\n __slots__=['a b']")); t(lambda: mk("class C:\n __slots__=['__dict__','__dict__']")); t(lambda: mk("class C:\n __slots__=['__weakref__','__weakref__']"))
t(lambda: mk("class C(int):\n __slots__=['a']")); t(lambda: mk("class C(tuple):\n __slots__=['a']")); t(lambda: mk("class C(tuple):\n __slots__=['__dict__']"))
# set_class
class A: pass
class M(type): pass
class B: 
    __slots__ = ('x',)
class B2:
    __slots__ = ('x',)
class L(list): pass
import types
class Mod(types.ModuleType): pass
def setc(o, c): o.__class__ = c; return type(o)
for o in (A(), B(), L(), 1, [], A, types.ModuleType('m'), (lambda: 0), object(), 'x'):
    for c in (A, B, B2, L, int, list, object, types.ModuleType, Mod, M, 3):
        t(lambda: setc(o, c))
t(lambda: delattr(A(), '__class__'))
# set dict
def setd(o, d): o.__dict__ = d; return o.__dict__
class MD(type):
    def f(self): pass
class N: __slots__ = ()
class E(Exception): pass
for o in (A(), N(), A, E(), Mod('x'), t, L()):
    for d in ({'a': 1}, 3, None, [], types.MappingProxyType({})):
        t(lambda: type(setd(o, d)))
    t(lambda: delattr(o, '__dict__'))
# carlo verre

class BaseM(type): pass
class X1(BaseM): 
    def __setattr__(cls, k, v): type.__setattr__(cls, k, v)
class Y1(type): pass
class Z1(X1, Y1):
    def __setattr__(cls, k, v): super().__setattr__(k, v)
class Q(metaclass=Z1): pass
class P(list):
    def __getattribute__(self, n): return list.__getattribute__(self, n)
t(lambda: object.__getattribute__(P, '__name__'))
# super
class SA:
    def m(self): return 'A'
class SB(SA):
    def m(self): return super().m() + 'B'
s = super(SB, SB()); import copy
t(lambda: copy.copy(s).m()); t(lambda: s.__self__.__class__.__name__); t(lambda: s.__thisclass__.__name__); t(lambda: s.__self_class__.__name__)
class MM(type):
    def mro(cls):
        try: cls.probe
        except BaseException as e: print(type(e).__name__, e)
        return super().mro()
t(lambda: mk2())
def mk2():
    class K(metaclass=MM):
        def f(self): return __class__
    return K().f().__name__
t(mk2)
class Meta(type):
    def mro(cls): return [cls, object, 3]
t(lambda: Meta('a', (), {}))
class Meta2(type):
    def mro(cls): return (cls, int, object)
t(lambda: Meta2('a', (), {}))
class Meta3(type):
    def mro(cls): return 5
t(lambda: Meta3('a', (), {}))
class Meta4(type):
    def mro(cls): raise ZeroDivisionError('mro')
t(lambda: Meta4('a', (), {}))
# getattr hooks in property etc
t(lambda: super().x); t(lambda: super(1, 2)); t(lambda: super(int, 'a')); t(lambda: super(SB).m)
class DG:
    def __getattr__(self, n): raise AttributeError('booh')
t(lambda: DG().x); t(lambda: hasattr(DG(), 'x')); t(lambda: bool(DG())); t(lambda: DG()[0]); t(lambda: len(DG())); t(lambda: list(DG())); t(lambda: DG() + 1); t(lambda: abs(DG())); t(lambda: DG() == DG()); t(lambda: next(DG()))
for c in (complex, int, float, str, list, dict, set, object, type, bool, bytes, tuple, property, range, slice):
    print(c.__name__, [k for k, v in vars(c).items() if k[:2] != '__' and type(v).__name__ in ('member_descriptor', 'getset_descriptor')])
class PP: pass
t(lambda: types.SimpleNamespace.__replace__(types.SimpleNamespace(a=1), a=2)); t(lambda: copy.replace(types.SimpleNamespace(a=1), b=2))
class SN(types.SimpleNamespace):
    def __new__(cls, *a, **k): return 5 if k.get('x') else super().__new__(cls)
t(lambda: copy.replace(SN(a=1), a=2)); 
class MySub(types.SimpleNamespace):
    def __init__(self, *, x, y): self.x, self.y = x, y
t(lambda: copy.replace(MySub(x=1, y=2), y=3)); t(lambda: copy.replace(MySub(x=1, y=2), z=3))
