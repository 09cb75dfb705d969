"""Namespaces as dicts; `__import__`; `__builtins__`."""

x = 1
globals()["made"] = 2
print(made, globals()["x"], "x" in globals(), globals()["__name__"], locals() is globals())


def f(a, b=2):
    c = 3
    names = locals()
    names["d"] = 4
    return sorted(names), "d" in locals()


print(f(1))
m = __import__("math")
print(m.sqrt(4), m.__name__)
import builtins

print(builtins.len is len, builtins.print is print, hasattr(builtins, "ValueError"))
len_before = len
len = lambda x: "shadowed"
print(len([]), builtins.len([]))
del len
print(len([]))


def g():
    global made
    made = 5
    return globals()["made"]


print(g(), made)
builtins.everywhere = "visible"
print(everywhere)
del builtins.everywhere
try:
    everywhere
except NameError as error:
    print(error)
print(__name__, __doc__, __file__.endswith(".py"), type(__builtins__).__name__)


class C:
    inside = 1
    seen = sorted(n for n in locals() if not n.startswith("__"))


print(C.seen)
