"""Names, docs, defaults, annotations, code objects, attributes of functions."""


def f(a, b: int = 2, *args: str, c=3, **kw) -> float:
    """The doc."""
    local = a
    return local


print(f.__name__, f.__qualname__, f.__doc__, f.__module__)
print(f.__defaults__, f.__kwdefaults__)
print(f.__annotations__)
code = f.__code__
print(code.co_name, code.co_argcount, code.co_kwonlyargcount, code.co_varnames)
f.note = "attached"
print(f.note, f.__dict__)
f.__name__ = "renamed"
print(f.__name__)
g = lambda x: x
print(g.__name__, g.__doc__, g.__qualname__)


def outer():
    def inner():
        pass

    return inner


print(outer().__qualname__)


class C:
    def m(self):
        """method doc"""


print(C.m.__qualname__, C().m.__name__, C().m.__doc__)
print(type(f).__name__, type(C().m).__name__, type(len).__name__, type([].append).__name__)
f.__defaults__ = (10,)
print(f(1), f.__defaults__)
print(callable(f), callable(C), callable(5))
x: int = 5
y: "later"
print(x, "y" in globals())
print(C().m == C().m, C.m is C.m)
