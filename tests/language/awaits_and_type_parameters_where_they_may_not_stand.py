# Where await, yield, := and asynchronous comprehensions are refused, with and without top-level await.
def t(src, mode='exec', flags=0):
    try:
        c = compile(src, '<s>', mode, flags); print('ok', repr(src))
        return c
    except SyntaxError as e: print(repr(src), e, e.lineno, e.offset, e.end_lineno, e.end_offset)
t("class A[T=int, U]: pass")
t("def f[T=int, *U]: pass")
t("def f[T=int, *U](): pass")
t("def f[*U=int, **P](): pass")
t("type A[T=int, U: int] = 1")
t("type A[**P: int] = 1"); t("type A[*P: int] = 1"); t("class A[**P: int]: pass"); t("class A[*P: int]: pass"); t("class A[*P: (int,str)]: pass"); t("def f[**P: (int, str)](): pass")
t("class A[T: (yield)]: pass"); t("class A[T: (x:=1)]: pass"); t("class A[T: await 1]: pass")
for pre in ("", "def f():\n ", "class A:\n "):
  for a in ("(yield)", "(yield from x)", "await x", "(x := 1)", "[(x:=1) for i in y]", "lambda: (yield)"):
    t(f"{pre}x: {a}"); t(f"{pre}x.y: {a}"); t(f"{pre}x[0]: {a}"); t(f"{pre}(x): {a}"); t(f"from __future__ import annotations\n{pre}x: {a}") ; t(f"{pre}def g(x: {a}) -> {a}: pass"); t(f"async def h():\n  x: {a}"); t(f"async def h():\n  def g(x: {a}): pass")
A = 0x2000
for s in ("assert [x async for x in a]; a = 1", "[x async for x in a]", "(x async for x in a)", "await x", "async for i in a: pass", "async with a: pass", "def f(): await x", "def f(): [x async for x in a]", "async def f(): await x", "[x async for x in a]; f = lambda: 1", "lambda: await x", "lambda: [x async for x in a]", "f'{await x}'", "def f(): async with a: pass", "def f(): async for i in a: pass", "[[x async for x in a] for i in b]", "x: [i async for i in y]"):
  for mode in ('exec', 'eval'):
    for fl in (A, 0):
      c = t(s, mode, fl)
      if c: print(c.co_flags & 0x3e0)
for s in ("async def f():\n  def g():\n    [x async for x in y]", "def g():\n  [x async for x in y]", "async def f():\n [ [x async for x in y] for z in q]","def f():\n async def g():\n  return {x: 1 for x in [ i async for i in z]}", "async def f(): return (x for x in [i async for i in z])", "async def f():\n lambda: [x async for x in y]", "[await x for x in y]", "def f(): [await x for x in y]", "def f(): (await x for x in y)", "(await x for x in y)", "async def f():\n class A:\n  [await x for x in y]", "async def f(x=[await y]): pass", "async def f():\n  async def g(x=[await y]): pass", "class A: [x async for x in y]", "class A: (x async for x in y)", "(x async for x in y)", "def f(): return (x async for x in y)", "lambda: (x async for x in y)", "[(x async for x in y) for z in w]", "[x for x in [i async for i in y]]","(x for x in [i async for i in y])", "async def f(): [x for x in [i async for i in y]]"):
  t(s)
err=[ "lambda: [await x for x in y]", "async def f():\n    lambda: [await x for x in y]","class C:\n    f = lambda: [await x for x in y]","type T = [await x for x in y]",
            "type T = [x async for x in y]",
            "def f[T=[await x for x in y]](): pass",
            "def f[T: [await x for x in y]](): pass",
            "async def f[T=[await x for x in y]](): pass",
            "async def f(x: [await y for y in z]): pass","async def f():\n    class C:\n        x = [await y for y in z]",
            "async def f():\n    class C:\n        x = [y async for y in z]","(x for x in [await y for y in z])","def f():\n    (x for x in [await y for y in z])","async def f(x=[await y for y in z]): pass","class C([await x for x in y]): pass","f'{[await x for x in y]}'","assert [await x for x in y], a"]
for s in err:
    for fl in (0, 0x2000):
      try: compile(s, '<s>', 'exec', flags=fl); print('ok', s)
      except SyntaxError as e: print(s, e)

t("class Foo:\n  [(__x := 1) for __x in y]")
t("t'{x}' b''"); t("b'' t'{x}'"); t("t'a' 'b'"); t("f'a' t'b'"); t("'a' b'b'")
class Foo[__T, __U: __T](list):
    param = __T
    def meth[__V](self, arg: __T, arg2: __V): return (__T, __V)
    type Alias[__W] = (__T, __W)
print([p.__name__ for p in Foo.__type_params__ + Foo.meth.__type_params__ + Foo.Alias.__type_params__])
print(Foo.param, Foo.meth.__annotations__, Foo().meth(1, 2), Foo.Alias.__value__, Foo.__type_params__[1].__bound__)
class __Base:
    def __init_subclass__(cls, **kwargs): cls.kwargs = kwargs
class Derived[T: __Base](__Base, __kwarg=1): pass
print(Derived.__bases__, Derived.kwargs, Derived.__type_params__[0].__bound__)
import weakref
class G[T, *Ts, **P]: pass
print([weakref.ref(p)() is p for p in G.__type_params__])
