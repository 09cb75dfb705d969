# What float.__new__ does not know is the business of a subclass with an __init__ of its own, and the other way round.
from array import array
from collections import deque
import itertools
args = {int:(), float:(), complex:(), bool:(), str:(), bytes:(), bytearray:(), list:(), tuple:(), set:(), frozenset:(), dict:(), range:(1,), slice:(1,), reversed:([],), enumerate:([],), zip:(), map:(len,), filter:(None,[]), memoryview:(b'',), property:(), classmethod:(len,), staticmethod:(len,), super:(), array:('i',), deque:(), object:(), type(iter([])):(), itertools.count:(), itertools.chain:(), itertools.repeat:(1,), itertools.cycle:([],), Exception:(), ValueError:(), OSError:(), StopIteration:(), KeyError:(), BaseExceptionGroup:("a",[ValueError()])}
for t,a in args.items():
    try:
        class I(t):
            def __init__(self, *args, extra=None): self.got = extra
        class N(t):
            def __new__(cls, *args, extra=None): return super().__new__(cls, *args)
        class B(t):
            def __new__(cls, *args, extra=None): return super().__new__(cls, *args)
            def __init__(self, *args, extra=None): super().__init__(*args)
        class P(t): pass
    except Exception as e:
        print(t.__name__, e); continue
    for c in (I, N, B, P, t):
        try: r = c(*a, extra=1); print(t.__name__, c.__name__, 'ok', getattr(r,'got','-'))
        except Exception as e: print(t.__name__, c.__name__, e)
    for c in (I, P, t):
        if t is enumerate: continue
        try: r = c.__new__(c, *a, extra=1); print(t.__name__, c.__name__, 'new ok')
        except Exception as e: print(t.__name__, c.__name__, 'new', e)
        try: r = c.__init__(c(*a), *a, extra=1); print(t.__name__, c.__name__, 'init ok')
        except Exception as e: print(t.__name__, c.__name__, 'init', e)

import struct, random, functools, io
def f(): pass
for c, a in ((struct.Struct, ('i',)), (random.Random, (1,)), (functools.partial, (f,)), (io.StringIO, ()), (io.BytesIO, ()),
             (super, (int,)), (classmethod, (f,)), (staticmethod, (f,)), (property, ())):
    class I(c):
        def __init__(self, *a, extra=None): pass
    class P(c): pass
    for k in (I, P, c):
        try: k(*a, extra=1); print(c.__name__, k.__name__, 'ok')
        except TypeError as e: print(c.__name__, k.__name__, e)
from contextvars import ContextVar
try: ContextVar("a", 1)
except TypeError as e: print(e)
class L(list):
    def __new__(cls, items, note=None):
        self = super().__new__(cls, items)
        self.note = note
        return self
print(L([1, 2], note=3), L([1, 2], note=3).note)
class F(float):
    def __init__(self, value, unit=""): self.unit = unit
print(F("2.5", unit="kg"), F(3, unit="m").unit)
