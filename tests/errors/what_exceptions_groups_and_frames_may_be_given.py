# What can be set on exceptions, groups, frames and their variables, and the words of refusals.
import sys, types, weakref, gc
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
# function attributes
def f(): pass
t(lambda: f.__builtins__ is __builtins__.__dict__); t(lambda: setattr(f, '__builtins__', 1)); t(lambda: setattr(f, '__globals__', 1))
class K:
    def m(self): pass
K.m.known = 1
t(lambda: 'known' in dir(K().m)); t(lambda: K().m.known); t(lambda: setattr(K().m, 'x', 1))
# unhashable union members
class UM(type):
    __hash__ = None
class U(metaclass=UM): pass
t(lambda: int | U); t(lambda: hash(int | U)); t(lambda: U | U); t(lambda: (int | U) == (U | int))
T = __import__('typing').TypeVar('T')
t(lambda: T | 'x'); t(lambda: int | 'x'); t(lambda: list[int] | 'x'); t(lambda: 'x' | T); t(lambda: type(int|str)()); t(lambda: type(int|str)(int, str));
class BadMeta(type):
    def __eq__(self, o): raise ZeroDivisionError('eq')
    __hash__ = type.__hash__
class Bad(metaclass=BadMeta): pass
t(lambda: int | Bad); t(lambda: list[int] | list[Bad]); t(lambda: list[int] | list[Bad] == 1)
# exceptions
e = ImportError('test'); t(lambda: (e.msg, e.name, e.path, e.args)); e = ImportError('test', name='n', path='p'); e.__init__(); t(lambda: (e.msg, e.name, e.path, e.args)); e.__init__('q'); t(lambda: (e.msg, e.name, e.path, e.args))
for cls in (UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError):
    args = ('utf8', 'abc', 1, 2, 'why') if cls is UnicodeEncodeError else ('utf8', b'abc', 1, 2, 'why') if cls is UnicodeDecodeError else ('abc', 1, 2, 'why')
    for attr in ('encoding', 'object', 'reason', 'start', 'end'):
        for v in (None, 3, 'del', '', b'', -5, 100):
            ex = cls(*args)
            def do():
                if v == 'del': delattr(ex, attr)
                else: setattr(ex, attr, v)
                return str(ex)
            print(cls.__name__, attr, v, end=' '); t(do)
e = ExceptionGroup('m', (ValueError(1),)); t(lambda: repr(e)); e = ExceptionGroup('m', [ValueError(1)]); t(lambda: repr(e)); 
import collections
l = collections.deque([ValueError(1), TypeError(2)])
try: e = ExceptionGroup('test', l); l.append(KeyError()); print(repr(e), e.exceptions, e.args)
except BaseException as x: print(x)
class SE(collections.abc.Sequence):
    def __len__(self): return 1
    def __getitem__(self, i): 
        if i: raise IndexError
        return ValueError(1)
t(lambda: repr(ExceptionGroup('m', SE()))[:30])
class BadEG(ExceptionGroup):
    def __init__(self, m, e, r): self.r = r
    def __new__(cls, m, e, r): return super().__new__(cls, m, e)
    def split(self, *a): return self.r
for r in ('no', (1,), [1, 2], (None, None), None):
    def run():
        try: raise BadEG('e', [ValueError(1), KeyError(2)], r)
        except* ValueError as g: print('caught', repr(g))
        except* KeyError as g: print('caught2', repr(g))
    t(run)
try: raise KeyError(1)
except KeyError as k: tb = k.__traceback__
t(lambda: types.TracebackType(tb, tb.tb_frame, 3, 4).tb_lineno); t(lambda: types.TracebackType(1, tb.tb_frame, 3, 4)); t(lambda: types.TracebackType(None, 1, 3, 4)); t(lambda: types.TracebackType(None, tb.tb_frame, 'a', 4)); t(lambda: types.TracebackType(tb_next=None, tb_frame=tb.tb_frame, tb_lasti=1, tb_lineno=2).tb_lineno); t(lambda: types.TracebackType(tb, tb.tb_frame, 1, 2).tb_next is tb)
t(lambda: setattr(ValueError(), '__traceback__', 3)); t(lambda: setattr(ValueError(), '__context__', 3)); t(lambda: setattr(ValueError(), '__cause__', 3)); t(lambda: delattr(ValueError(), '__traceback__')); t(lambda: delattr(ValueError(), '__cause__')); t(lambda: delattr(ValueError(), '__context__')); t(lambda: delattr(ValueError(), 'args'))
ex = ValueError(); ex.__notes__ = 3
try: raise ex
except ValueError: t(lambda: ex.add_note('x'))
# frame
def make():
    x = 1; y = 2
    return sys._getframe()
fr = make(); FLP = type(fr.f_locals); t(lambda: FLP.__name__); t(lambda: FLP()); t(lambda: FLP(1)); t(lambda: FLP(fr, 1)); t(lambda: FLP(frame=fr))
fr.clear(); t(lambda: fr.f_locals); 
import copy
t(lambda: copy.copy(fr.f_locals)); t(lambda: copy.deepcopy(fr.f_locals))
def g3():
    x = 1; d = sys._getframe().f_locals
    for k in ('x', 'zz', 3):
        t(lambda: d.pop(k)); t(lambda: d.pop(k, 5))
        try: del d[k]
        except BaseException as e: print(type(e).__name__, e)
    for n in ('clear', 'fromkeys', 'popitem'): t(lambda: getattr(d, n))
    d['m'] = 1; t(lambda: d.pop('m')); t(lambda: 'm' in d); d['q'] = 2; del d['q']; t(lambda: sorted(d)); d.update({'x': 9, 'w': 3}); t(lambda: x); t(lambda: d.setdefault('v', 4)); t(lambda: sorted(d)); d |= {'u': 1}; t(lambda: d == locals())
g3()
class SS(str): pass
def g4(obj):
    x = 1; proxy = sys._getframe().f_locals; proxy[obj] = 2
    return x, list(proxy), proxy[obj], obj in proxy
t(lambda: g4(SS('x')))
def g5(): yield sys._getframe()
gen = g5(); fr = next(gen); t(lambda: fr.clear()); t(lambda: gen.gi_frame.clear()); gen.close(); t(lambda: fr.clear()); t(lambda: sys._getframe().clear())
t(lambda: setattr(fr, 'f_trace_lines', 1)); t(lambda: delattr(fr, 'f_trace_lines')); t(lambda: delattr(fr, 'f_trace_opcodes'))
t(lambda: setattr(fr, 'f_lineno', 1)); t(lambda: delattr(fr, 'f_lineno'))
# sort
l = [3, 1, 2]
def key(x): l.append(1); return x
t(lambda: l.sort(key=key)); t(lambda: sorted([1, 'a'])); t(lambda: [1].sort(lambda: 1)); t(lambda: sorted([1], key=3))
