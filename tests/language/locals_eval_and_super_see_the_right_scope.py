def f():
    i = 1
    x = [locals() for i in range(2)]
    return x
print(f())
def f2():
    y = 5
    z = [sorted(locals()) for q in range(1)]
    return z
print(f2())
print([eval("i") for i in range(3)])
print([eval("i + j") for i in range(3) for j in (10,)])
print({eval("k"): eval("v") for k, v in {"a": 1}.items()})
print([sorted(k for k in locals() if not k.startswith("_"))[:4] for i in range(1)])
class A:
    def m(self): return "A.m"
class B2(A):
    def m(self):
        self = 5
        return super().m()
try: print(B2().m())
except Exception as e: print(type(e).__name__, e)
class B3(A):
    def m(*a):
        return super().m()
try: print(B3().m())
except Exception as e: print(type(e).__name__, e)
class B4(A):
    def m(self):
        def inner(): return super().m()
        return inner()
try: print(B4().m())
except Exception as e: print(type(e).__name__, e)
class B5(A):
    def m(self):
        return [super(B5, self).m() for _ in range(1)], [super().m() for _ in range(1)]
try: print(B5().m())
except Exception as e: print(type(e).__name__, e)
class B6(A):
    def m(self):
        return list(super().m() for _ in range(1))
try: print(B6().m())
except Exception as e: print(type(e).__name__, e)
def g():
    exec("q = 1")
    try: return q
    except NameError as e: return str(e)
print(g())
def h():
    a = 1
    l = locals()
    l["a"] = 2; l["zz"] = 3
    b = 5
    return a, l, locals()
print(h())
def h2():
    a = 1
    exec("a = 2")
    return a
print(h2())
class C:
    x = 1
    y = [x for _ in range(2)] if False else None
    z = locals().get("x")
    try: w = [x for _ in range(1)]
    except NameError as e: w = str(e)
print(C.z, C.w)
def vv():
    a = 1
    return vars(), dir()
print(vv())
x = 5
def gl():
    return globals()["x"], "gl" in globals()
print(gl())
def outer():
    v = 1
    def inner():
        nonlocal v
        v += 1
        return locals()
    return inner(), v
print(outer())
def delv():
    a = 1
    del a
    return locals()
print(delv())
def gen():
    a = 1
    yield locals()
    a = 2
    yield locals()
print(list(gen()))
print((lambda a, *b, c=1, **d: locals())(1, 2, e=3))
print(eval("[x for x in range(3) if x != y]", {"y": 1}))
print(eval("locals()", {"__builtins__": __builtins__}, {"a": 1}))
exec("def ff(): return zz\nprint(ff())", {"zz": 7})
try: exec("def ff(): return zz2\nprint(ff())", {}, {"zz2": 7})
except NameError as e: print(e)
ns = {}; exec("a = 1; b = [a for _ in range(2)]", ns); print(ns["b"])
ns = {}; exec("a = 1; b = [a for _ in range(2)]", {}, ns); print(ns["b"])
