# gilbox: -A
# Reports of exceptions: marks, chains, groups, notes, hints, folded frames; hooks.
import sys, threading
sys.stderr = sys.stdout
def show(f, *a, **k):
    try: f(*a, **k)
    except BaseException as e: sys.excepthook(type(e), e, e.__traceback__)
class A:
    attribute_one = 1
    def method_name(self): pass
    def inst(self): return attribute_one
    def meth(self): return method_name()
def kw(alpha, beta=1, *, gamma=2): pass
def f1(): return undefined_thing
def f2(): value_one = 1; return value_on
def f3(): return A().attribute_on
def f4(): return A().method_nam()
def f5(): return kw(alpha=1, bet=2)
def f6(): from sys import exc_inf
def f7(): import syss
def f8(): return [1, 2][5]
def f9(): return {"a": 1}["b"]
def f10(): return (1 +
        2 + "a"
        + 3)
def f11(): return A().inst()
def f12(): return A().meth()
def f13(): x = (1).foo.bar
def f14(): return 1 < "a"
def f15(): del undefined_local; undefined_local = 1
def f16(): a, b = 1, 2, 3
def f17(): a, b, c = 1, 2
def f18(): (lambda: 1 / 0)()
def f19(): [x / 0 for x in range(3)]
def f20(): return sum(1 / x for x in [0])
def f21():
    with open("/nonexistent") as f: pass
def f22(): raise ValueError("line one\nline two")
def f23(): raise ValueError
def f24(): raise ValueError()
def f25(): raise KeyError("key")
def f26(): raise 5
def f27(): raise A
def f28(): assert 1 == 2
def f29(): assert 1 == 2, "message %d" % 5
def f30(): assert False, ("a", "tuple")
def f31(): e = ValueError("with notes"); e.add_note("note 1"); e.add_note("note 2\nmore"); raise e
def f32():
    try: 1 / 0
    except ZeroDivisionError: raise TypeError("during")
def f33():
    try: 1 / 0
    except ZeroDivisionError as e: raise TypeError("from") from e
def f34():
    try: 1 / 0
    except ZeroDivisionError: raise TypeError("none") from None
def f35(): raise ExceptionGroup("group", [ValueError(1), ExceptionGroup("inner", [TypeError("t"), OSError(2, "No such file")])])
def f36():
    try: f35()
    except* ValueError as g: raise KeyError("in handler")
def f37(n=0): return f37(n + 1)
def f38(): "abc".foo()
def f39(): None.x
def f40(): kw()
def f41(): kw(1, 2, 3)
def f42(): kw(1, alpha=2)
def f43(): kw(1, **{"delta": 4})
def f44(): kw(*5)
def f45(): kw(**5)
def f46(): A()()
def f47(): 5()
def f48(): "a"[1.5]
def f49(): [][1]["x"]
def f50(): x: int = y.z.w
def f51(): return "%d" % "a"
def f52(): return f"{undefined_in_f!r:>10} and {1+1}"
def f53(): return int("12x")
def f54(): raise SystemExit("bye")
def f55(): raise KeyboardInterrupt
def f56(): raise StopIteration(5)
def f57(): next(iter([]))
def f58(): exec("1 +")
def f59(): exec("def f():\n  x = 1\n    y = 2")
def f60(): exec("x = 'abc\ny")
def f61(): eval("foo bar baz")
def f62(): compile("if x = 1: pass", "file.py", "exec")
def f63(): import threading; threading.Thread(target=f1, daemon=5, foo=1)
def f64():
    class C(A, metaclass=5): pass
def f65(): A().x = undefined_rhs
def f66(): A().y.z = 5
def f67(): A()[0] = 1
def f68(): del A()[0]
def f69(): -"a"
def f70(): return not_defined + 1
def f71(): for_loop = [i for i in 5]
def f72():
    for x in 5: pass
def f73(): a = 1; a += "x"
def f74(): return a_very_long_function_name_here(1, 2, 3)(4)(
    5)
def f75(): {**5}
def f76(): [*5]
def f77(): print(*5)
def f78(): return {[]: 1}
def f79(): async_thing = (await_me for await_me in 5)
def f80(): return A.attribute_tow
def f81(): import os.pathh
def f82(): from math import sqr_t
def f83(): from . import x
def f84(): time.sleep(1)
def f85(): collections.Counter()
def f86(): self.x
def f87(): return lenn([])
def f88(): return Tru
def f89(): raise type("MyError", (Exception,), {"__module__": "pkg.mod"})("custom")
def f90():
    class Inner(Exception): pass
    raise Inner("qualified")
def f91(): raise type("BadStr", (Exception,), {"__str__": lambda s: 1 / 0})()
def f92(): raise UnicodeDecodeError("utf-8", b"abc\xff", 3, 4, "bad")
def f93(): b"\xff".decode()
def f94(): "\udc80".encode()
def f95(): raise OSError(2, "No such file", "a", None, "b")
def f96(): (1).real = 5
def f97(): x = 1; x.y = 2
def f98(): return 10 ** 5000 and str(10 ** 5000)
def f99(): (x for x in (1, 2)).send(5)
for i in range(1, 100):
    f = globals()[f"f{i}"]
    if i == 37:
        sys.setrecursionlimit(60)
        show(f)
        sys.setrecursionlimit(1000)
        continue
    print("---", i); show(f)
