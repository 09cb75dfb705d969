def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
class A: pass
class M(type):
    def __setattr__(c,n,v): print('M.set', n); super().__setattr__(n,v)
    def __delattr__(c,n): print('M.del', n); super().__delattr__(n)
class B(metaclass=M): pass
t(lambda: object.__setattr__(A, 'x', 1))
t(lambda: object.__delattr__(A, 'x'))
t(lambda: object.__setattr__(B, 'x', 1))
t(lambda: object.__setattr__(int, 'x', 1))
t(lambda: type.__setattr__(A, 'x', 1)); t(lambda: A.x)
t(lambda: type.__delattr__(A, 'x')); t(lambda: A.x)
t(lambda: type.__setattr__(B, 'x', 1)); t(lambda: B.x)
t(lambda: type.__setattr__(int, 'x', 1))
t(lambda: type.__delattr__(int, 'x'))
t(lambda: type.__delattr__(int, 'real'))
B.y = 5
del B.y
t(lambda: type.__setattr__(5, 'x', 1))
t(lambda: type.__setattr__)
t(lambda: type.__delattr__)
t(lambda: '__setattr__' in type.__dict__)
class X:
    def __setattr__(s,n,v): object.__setattr__(s,n,v)
x = X(); x.a = 1
t(lambda: x.a)
class L(list):
    pass
t(lambda: object.__setattr__(L(), 'x', 1))
import types
m = types.ModuleType('m')
t(lambda: object.__setattr__(m, 'x', 1))
t(lambda: m.x)
f = lambda: 0
t(lambda: object.__setattr__(f, 'x', 1))
e = Exception()
t(lambda: object.__setattr__(e, 'x', 1))
class Mod(types.ModuleType): pass
mm = Mod('q')
t(lambda: object.__setattr__(mm, 'x', 1))
t(lambda: object.__setattr__(super(X, x), 'x', 1))
t(lambda: object.__setattr__(types.SimpleNamespace(), 'x', 1))
t(lambda: object.__setattr__(list[int], 'x', 1))
ga=list[int]
def ff(): ga.x = 1
t(ff)
import typing
t(lambda: object.__setattr__(types.MethodType(f, 3), 'x', 1))
import functools
pp = functools.partial(f)
t(lambda: object.__setattr__(pp, 'x', 1))
class Sub(M): pass
t(lambda: M.__setattr__(A, 'x', 1))
t(lambda: object.__getattribute__(A, '__mro__'))
t(lambda: object.__setattr__(A, '__name__', 'Z'))
class Base1(type): pass
C = Base1('C', (), {})
t(lambda: object.__setattr__(C, 'q', 1))
C.q = 3
t(lambda: super(Base1, C).__setattr__('r', 4)); t(lambda: C.r)
t(lambda: super(type, C).__setattr__('r', 4))
class Meta2(type):
    def __setattr__(c, n, v): object.__setattr__(c, n, v)
D = Meta2('D', (), {})
def g(): D.x = 1
t(g)
t(lambda: A.__setattr__)
t(lambda: A().__setattr__)
t(lambda: type.__getattribute__)
t(lambda: setattr(A, 5, 1))
t(lambda: type.__setattr__(A, 5, 1))
t(lambda: object.__setattr__(A(), 5, 1))
