def f(a, b=2, *c, d=4, **e):
    x = a + 1
    y = "s"
    def g():
        return x
    return None
c = f.__code__
print(c.co_consts is c.co_consts)
for fn in (lambda: None, lambda: 1, lambda: "x", lambda: 1000, lambda: (1,2), lambda: -1, lambda:  2.5):
    print(fn.__code__.co_consts)
def doc():
    "the doc"
print(doc.__code__.co_consts, doc.__code__.co_flags)
def doc2():
    "the doc"
    return 5
print(doc2.__code__.co_consts)
def h():
    return 300 + x
print(h.__code__.co_consts)
def k():
    for i in range(10):
        print(i, "a", None)
    return (1, 2, "z")
print(k.__code__.co_consts)
print(c.co_name, c.co_qualname, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_varnames, c.co_names, c.co_cellvars, c.co_freevars, c.co_flags, c.co_firstlineno)
print(isinstance(c.co_code, bytes), len(c.co_code) > 0)
print(sorted({l for _,_,l in c.co_lines() if l is not None}))
print(all(len(p)==4 for p in c.co_positions()))
d = c.replace(co_name="zz", co_firstlineno=77)
print(d.co_name, d.co_firstlineno, d == c, c == c.replace())
print(hash(c) == hash(c.replace()))
def mk():
    def inner(): return 1
    return inner
print(mk().__code__ == mk().__code__, mk().__code__ is mk().__code__)
f.__code__ = (lambda a, b=2, *c, d=4, **e: 55).__code__
print(f(1))
try: c.replace(foo=1)
except Exception as e: print(type(e).__name__, e)
try: c.replace(co_name=1)
except Exception as e: print(type(e).__name__, e)
try: c.replace(1)
except Exception as e: print(type(e).__name__, e)
try: c.co_name = 's'
except Exception as e: print(type(e).__name__, e)
print([a for a in dir(c)])
print(repr(compile("1","<x>","eval")).split(" at ")[0], repr(compile("1","<x>","eval")).split(",",1)[1])
print(compile("x=1\ny=2\n","<x>","exec").co_consts)
print(compile("x+1","<x>","eval").co_consts)
print(compile("a.b.c(d)","<x>","eval").co_names)
import copy
