"""Reflection on attributes."""


class A:
    x = 1

    def __init__(self):
        self.y = 2

    def method(self):
        pass


a = A()
print(getattr(a, "x"), getattr(a, "z", None), hasattr(a, "y"), hasattr(a, "z"), vars(a), a.__dict__ is vars(a))
setattr(a, "z", 3)
setattr(A, "w", 4)
print(a.z, a.w, sorted(vars(a)))
delattr(a, "z")
print(hasattr(a, "z"), [n for n in dir(a) if not n.startswith("_")], [n for n in dir(A) if not n.startswith("_")])
print("method" in dir(a), "append" in dir([]), "__add__" in dir(1), dir() == sorted(dir()))
vars(a)["direct"] = 1
print(a.direct)


def f():
    b = 1
    c = 2
    return dir(), sorted(locals())


print(f())
for bad in ("getattr(a, 'nope')", "getattr(a)", "getattr(a, 5)", "setattr(a, 5, 1)", "delattr(a, 'nope')", "hasattr(a, 1)", "vars(5)", "setattr(5, 'x', 1)", "getattr(a, 'metod')"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)


class Raises:
    @property
    def bad(self):
        raise ValueError("from a property")


try:
    hasattr(Raises(), "bad")
except ValueError as error:
    print(error)
print(callable(len), callable(A), callable(a), callable(a.method), isinstance(a, A), id(a) == id(a), hash(a) == hash(a))
