# What classes may be called, what type() takes, and what dir() makes of objects that answer for themselves.
import types
def t(f):
    try: print(ascii(f()))
    except BaseException as e: print(type(e).__name__, ascii(str(e)))
def g(): pass
class A[T]: pass
def g[T](): pass
t(lambda: setattr(A, '__type_params__', 1)); t(lambda: setattr(g, '__type_params__', 1)); t(lambda: type.__type_params__); t(lambda: delattr(A,'__type_params__')); t(lambda: setattr(A, '__type_params__', ())); t(lambda: A.__type_params__); t(lambda: int.__type_params__)
class M(type): pass
t(lambda: M.__type_params__); t(lambda: setattr(int, '__type_params__', ()))
t(lambda: sorted(vars(A)))
B = type('B', (), {'__firstlineno__': 42}); t(lambda: B.__firstlineno__); B.__module__ = 'x'; t(lambda: list(vars(B)))
t(lambda: setattr(B, '__firstlineno__', 43)); t(lambda: B.__firstlineno__)
t(lambda: type('a\udcdcb', (), {})); t(lambda: setattr(B, '__name__', 'a\udcdc')); t(lambda: type('B', (), {'__doc__': 'x\udcdc'}).__doc__); t(lambda: setattr(B, '__doc__', 'x\udcdc')); t(lambda: B.__doc__); t(lambda: setattr(B, '__name__', 'a\0b')); t(lambda: setattr(B, '__qualname__', 1)); t(lambda: setattr(B, '__name__', b'a')); t(lambda: type('a\0b', (), {}))
t(lambda: type.__new__(type)); t(lambda: type()); t(lambda: type(1,2)); t(lambda: type.__call__(type, 1,2)); t(lambda: type.__new__(type, 1)); t(lambda: M(1)); t(lambda: M(1,2)); t(lambda: type('a', [], {})); t(lambda: type('a', (), [])); t(lambda: type('a', (1,), {})); t(lambda: type(1, (), {}))
class TS(tuple): pass
b = TS((int,)); t(lambda: type('a', b, {}).__bases__)
class D:
    def __dir__(self): return self.r
for r in (None, 1, [2, 'a'], ('b','a'), iter('ba'), {'x':1}): d = D(); d.r = r; t(lambda: dir(d))
mm = types.ModuleType('mm'); mm.__dir__ = lambda: ['c','a']; t(lambda: dir(mm)); mm.__dir__ = 4; t(lambda: dir(mm)); mm.__dir__ = lambda: 3; t(lambda: dir(mm))
t(lambda: dir(1,2))
class NoDict(types.ModuleType): __dict__ = 8
t(lambda: dir(NoDict('foo')))
class NM(types.ModuleType):
    __dict__ = property(lambda self: {1:2, 'a':3})
t(lambda: dir(NM('foo')))
class Foo:
    __slots__ = []
t(lambda: '__dict__' in dir(Foo()))
class Bar:
    __dict__ = 5
    def __init__(self): self.x = 1
t(lambda: dir(Bar())[-3:])
class Baz:
    @property
    def __class__(self): raise AttributeError('q')
t(lambda: dir(Baz())[-3:])
