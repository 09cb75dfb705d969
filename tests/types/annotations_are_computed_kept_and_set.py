# Annotations of functions, modules and classes: computed when asked for, kept, set, deleted, and refused.
import types
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
def f(): pass
mod = types.ModuleType('m')
class X: pass
def seta(o, v): o.__annotate__ = v
def setan(o, v): o.__annotations__ = v
for o in (f, mod, X):
    t(lambda: o.__annotations__)
    t(lambda: o.__annotate__)
    t(lambda: seta(o, 42))
    seta(o, lambda: 42); t(lambda: o.__annotations__)
    seta(o, lambda x: 42); t(lambda: o.__annotations__)
    seta(o, lambda x: {"x": x}); t(lambda: o.__annotations__)
    seta(o, None); t(lambda: o.__annotations__)
    seta(o, lambda x: {"y": x}); t(lambda: o.__annotations__)
    setan(o, {"z": 43}); t(lambda: o.__annotate__)
    t(lambda: setan(o, 3)); t(lambda: setan(o, None)); t(lambda: o.__annotations__)
    t(lambda: delattr(o, '__annotate__')); t(lambda: delattr(o, '__annotations__')); t(lambda: o.__annotations__); t(lambda: o.__annotate__)
class Y:
    a: int
    def __annotate__(format): return {"a": str}
t(lambda: Y.__annotate__(1)); t(lambda: Y.__annotations__)
import annotationlib
t(lambda: annotationlib.get_annotations(Y))
def run(code):
    ns = {}; exec(code, ns); return ns
m = run("a: int\ndef __annotate__(format): return {'a': str}")
t(lambda: m['__annotate__'](1)); t(lambda: m.get('__annotations__'))
for c in ("class X:\n x: int", "import types\nX=types.ModuleType('x')\nX.__annotations__={'x':int}", "def X(x: int): pass"):
  for fut in ("", "from __future__ import annotations\n"):
    X = run(fut + c)['X']
    t(lambda: X.__annotations__); t(lambda: X.__annotate__ and 'fn')
    X.__annotations__ = {'x': str}; t(lambda: X.__annotations__); t(lambda: X.__annotate__ and 'fn')
    t(lambda: delattr(X, '__annotations__')); t(lambda: X.__annotations__); t(lambda: X.__annotate__ and 'fn'); t(lambda: delattr(X, '__annotations__'))
    X.__annotate__ = lambda f: {'q': f}; t(lambda: X.__annotations__)
    X.__annotations__ = {'x': str}; t(lambda: X.__annotations__)
for cond in ('True', 'False', 'not not len', 'not len'):
  for code in ("while {}:\n  in_while: 'w'\n  break\nelse:\n  in_else: 'e'", "for _ in ([1] if {} else []):\n  a: 1\nelse:\n  b: 2", "if {}:\n  a: 1\nelse:\n  b: 2", "try:\n  if {}: raise ValueError\n  a: 1\nexcept ValueError:\n  b: 2\nelse:\n  c: 3\nfinally:\n  d: 4", "while not {}:\n  a: 1\n  break\nb: 3"):
    code = code.format(cond)
    t(lambda: run(code)['__annotate__'](1))
    t(lambda: run('class C:\n ' + code.replace('\n','\n '))['C'].__annotations__)
# type params
def ks(X): return [(k, v if not callable(v) else 'fn') for k, v in vars(X).items() if 'anno' in k]
for fut in ("", "from __future__ import annotations\n"):
  for pre in ("class X:\n x: int", "class X:\n x: int\n def __annotate__(f): return {'u':f}", "class X: pass", "class X:\n __annotations__={'e':1}"):
    print('-----', fut+pre)
    X = run(fut + pre)['X']
    print(ks(X)); t(lambda: X.__annotate__ and 'fn'); t(lambda: X.__annotations__); print(ks(X))
    X.__annotations__ = {'x': str}; print(ks(X)); t(lambda: X.__annotations__); t(lambda: X.__annotate__); print(ks(X))
    t(lambda: delattr(X, '__annotations__')); print(ks(X)); t(lambda: X.__annotations__); print(ks(X))
    X.__annotate__ = lambda f: {'q': f}; print(ks(X)); t(lambda: X.__annotations__);print(ks(X))
    t(lambda: delattr(X, '__annotations__')); t(lambda: delattr(X, '__annotations__')); print(ks(X))
    X.__annotate__ = None; print(ks(X)); X.__annotations__ = 3;t(lambda: X.__annotations__); print(ks(X))
    class S(X): pass
    t(lambda: S.__annotations__); print(ks(S)); t(lambda: S().__annotations__); t(lambda: S().__annotate__)
t(lambda: int.__annotate__); t(lambda: setattr(int,'__annotate__',None)); t(lambda: setattr(int,'__annotate__',3)); t(lambda: delattr(int,'__annotate__')); t(lambda: delattr(int,'__annotations__')); t(lambda: setattr(int,'__annotations__',3)); t(lambda:type.__annotations__); t(lambda:type.__annotate__); t(lambda: int.__annotations__)
class D:
    @property
    def __annotate__(self): return 3
t(lambda: type(D.__annotate__)); t(lambda: D.__annotations__)
class D:
    @classmethod
    def __annotate__(cls, f): return {'c': cls}
t(lambda: D.__annotations__)
class M(type): pass
t(lambda: M.__annotations__); t(lambda: M.__annotate__)
# Functions that wrap each other in a circle are looked through once.
def a(x: 'int'): ...
def b(): ...
a.__wrapped__ = b; b.__wrapped__ = a
t(lambda: annotationlib.get_annotations(a, eval_str=True))
b.__wrapped__ = b
t(lambda: annotationlib.get_annotations(a, eval_str=True))
