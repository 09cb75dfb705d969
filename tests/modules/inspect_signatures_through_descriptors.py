# Signatures of classes and objects whose `__call__`, `__new__` or `__init__` is no plain function, and what calling them does.
import functools, inspect
from functools import Placeholder as _, partial, partialmethod


def show(f, *args):
    try:
        print(inspect.signature(f))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, str(e).partition(" at 0x")[0].partition("<class")[0])
    if args:
        try:
            result = f(*args)
            print("   ", result if isinstance(result, (int, str, tuple)) else type(result).__name__)
        except TypeError as e:
            print("   ", e)


class Held:
    def call(self, a):
        return a

    def make(self, cls, a):
        return (cls.__name__, a)


class Custom:
    def __init__(self, func):
        self.func = func

    def __get__(self, instance, owner):
        return self.func.__get__(instance, owner)


def wrapped(f):
    @functools.wraps(f)
    def around(*args, **kwargs):
        return f(*args, **kwargs)
    return around


KINDS = {
    "function": lambda self, a: a,
    "classmethod": classmethod(lambda cls, a: a),
    "staticmethod": staticmethod(lambda a: a),
    "method": Held().call,
    "partial": partial(lambda x, self, b: b, 2),
    "partialmethod": partialmethod(lambda self, x, a: (x, a), 2),
    "descriptor": Custom(lambda self, a: a),
    "wrapped": wrapped(lambda self, a: a),
    "wrapped static": staticmethod(wrapped(lambda a: a)),
    "wrapped class": classmethod(wrapped(lambda cls, a: a)),
}
for name, call in KINDS.items():
    print("--", name)
    Meta = type("Meta", (type,), {"__call__": call})
    Made = Meta("Made", (), {"__init__": lambda self, other: None})
    show(Made, 1)
    show(type("Object", (), {"__call__": call})(), 1)

print("-- built-in calls")
show(type("C", (), {"__call__": ":".join})(), ["a", "b"])
show(type("C", (), {"__call__": (2).__pow__})(), 3)
show(type("C", (dict,), {"__call__": dict.__dict__["fromkeys"]})(), [1, 2])
show(type("C", (str,), {"__call__": str.join})(":"), ["a", "b"])
show(type("C", (int,), {"__call__": int.__pow__})(2), 3)
print(type("M", (type,), {"__call__": ":".join})("C", (), {})(["x", "y"]))
print(type("M", (type,), {"__call__": (2).__pow__})("C", (), {})(3))


class Slotted:
    __slots__ = "__call__"


slotted = Slotted()
slotted.__call__ = lambda a: a
show(slotted, 1)
try:
    type("M", (type,), {"__call__": 5})("C", (), {})()
except TypeError as e:
    print(e)
try:
    type("M", (type,), {"__call__": None})("C", (), {})()
except TypeError as e:
    print(e)

print("-- __init__")
for name, init in {
    "classmethod": classmethod(lambda cls, b: None), "staticmethod": staticmethod(lambda b: None),
    "partial": partial(lambda x, self, b: None, 2), "partialmethod": partialmethod(lambda self, x, b: None, 2),
    "wrapped": wrapped(lambda self, b: None), "descriptor": Custom(lambda self, b: None),
}.items():
    print(name, end=" ")
    show(type("C", (), {"__init__": init}), 1)
print("-- __new__")
for name, new in {
    "function": lambda cls, a: a, "classmethod": classmethod(lambda cls, cls2, a: a),
    "staticmethod": staticmethod(lambda cls, a: a), "method": Held().make,
    "partial": partial(lambda x, cls, a: (x, a), 2), "wrapped": wrapped(lambda cls, a: a),
}.items():
    print(name, end=" ")
    show(type("C", (), {"__new__": new}), 1)
show(type("C", (type,), {}))
show(type)


class Wraps:
    @functools.wraps(object.__new__)
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)

    def __init__(self, x, y=3):
        pass


show(Wraps)

print("-- partial methods")


class Spam:
    def test(it, a, b, *, c) -> "spam":
        pass
    ham = partialmethod(test, c=1)
    bar = partialmethod(test, _, 1, c=1)

    def none():
        pass
    wrong = partialmethod(none)


for one in Spam.ham, Spam().ham, Spam.bar, Spam().bar, Spam.wrong:
    show(one)

print("-- what looks like a function")


class Like:
    def __init__(self, func):
        for name in "__name__", "__code__", "__annotations__", "__defaults__", "__kwdefaults__":
            setattr(self, name, getattr(func, name))

    def __call__(self, *args, **kwargs):
        pass


def func(a, b=1, *args, c=True, d, **rest) -> int:
    pass


show(Like(func))
like = Like(func)
like.__annotations__ = None
show(like)
func.__text_signature__ = "($self, a, b=1, *args, c, d=2, **kwargs)"
show(func)
func.__text_signature__ = "(x, /, y)"
show(func)

print("-- parameters that do not fit together")
P = inspect.Parameter
args, more, ko, po = P("args", P.VAR_POSITIONAL), P("more", P.VAR_POSITIONAL), P("ko", P.KEYWORD_ONLY), P("po", P.POSITIONAL_ONLY)
rest, last = P("rest", P.VAR_KEYWORD), P("last", P.VAR_KEYWORD)
for parts in (args, more), (args, ko, more), (rest, last), (ko, args), (rest, ko), (args, po), (po, po):
    try:
        print(inspect.Signature(parts))
    except ValueError as e:
        print(e)

print("-- names that a function looks up")
known = 1


def asks(obj):
    global written
    import os.path
    obj.known, obj.method(other), missing.deep.er, print
    obj.stored = 1
    obj.added += 1
    del obj.gone
    written = 2
    return [known for one in obj]


found = inspect.getclosurevars(asks)
print(found.nonlocals, sorted(found.globals), sorted(found.builtins), sorted(found.unbound))
found = inspect.getclosurevars(lambda: Spam.known)
print(found.globals == {"Spam": Spam}, found.unbound)


class A:
    pass


A.__module__ = A.__qualname__ = "test.typing"
A.__qualname__ = "A"
from typing import List, Union
print(inspect.formatannotation(Union[List[A], int]), inspect.formatannotation(List[str]))


class Dispatch:
    @functools.singledispatchmethod
    def method(self, arg):
        pass


print(inspect.isroutine(Dispatch.method), inspect.isroutine(Dispatch().method), inspect.isroutine(functools.singledispatch(func)))
