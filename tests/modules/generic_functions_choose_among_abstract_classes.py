# singledispatch where abstract classes are registered, and what its methods and refusals look like.
import collections.abc as c
import collections
import functools
import pickle
import inspect
import typing
from functools import singledispatch, singledispatchmethod


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


def generic(*classes):
    @singledispatch
    def g(x):
        return "base"
    for cls in classes:
        g.register(cls, lambda x, name=cls.__name__: name)
    return g


class Sized_(c.Sized):
    def __len__(self): return 0


class Both(c.Sized, c.Container):
    def __len__(self): return 0
    def __contains__(self, x): return False


class Plain:
    def __len__(self): return 0
    def __contains__(self, x): return False
    def __iter__(self): return iter(())


class O(c.Sized):
    def __len__(self): return 0


class P: pass
c.Sized.register(P)
c.Container.register(P)


class Q(c.Sized, c.Container):
    def __len__(self): return 0
    def __contains__(self, x): return False


values = [[], {}, set(), frozenset(), (), "", b"", collections.deque(), collections.ChainMap(), collections.OrderedDict(),
          collections.defaultdict(int), collections.Counter(), Sized_(), Both(), Plain(), O(), P(), Q(), 5, range(3), iter([])]
for classes in [(c.Sized,), (c.Sized, set), (c.MutableMapping, c.Mapping), (c.Mapping, dict), (c.Iterable, c.Sized), (c.Container, c.Sized),
                (c.Sequence, c.MutableSequence, list), (c.Hashable, c.Sized), (c.Set, c.MutableSet, frozenset), (c.Collection, c.Iterable),
                (object, c.Callable), (c.MutableSet, c.Sized, c.Container), (dict, c.MutableMapping, collections.UserDict)]:
    g = generic(*classes)
    print(*(cls.__name__ for cls in classes))
    for value in values:
        try:
            answer = g(value)
        except RuntimeError as error:
            answer = str(error).split(":")[0]
        print(f"  {type(value).__name__}={answer}", end="")
    print()


class D(collections.defaultdict): pass
class E(collections.UserDict): pass
g = generic(c.MutableMapping, dict)
print(g(D()), g(E()))
c.Container.register(D)
g = generic(c.Container, collections.defaultdict)
attempt(lambda: g(D()))


class A:
    @singledispatchmethod
    def f(self, x) -> str:
        "told of anything"
        return "any"

    @f.register
    def _(self, x: int):
        return "int"

    @singledispatchmethod
    @classmethod
    def g(cls, x):
        return cls, "any"

    @g.register(str)
    @classmethod
    def _(cls, x):
        return cls, "str"

    @singledispatchmethod
    @staticmethod
    def h(x):
        return "any"


class Nameless:
    def __call__(self, *args): return args


A.n = singledispatchmethod(Nameless())
a = A()
a.__class__.__repr__ = lambda self: "an A"
print(repr(A.__dict__["f"]), repr(A.f), repr(a.f), repr(a.g), repr(A.h), repr(a.n), repr(A.__dict__["n"]))
print(a.f(1), a.f("x"), a.g("x"), A.g(2), a.h(3), A.h(3), type(a.f), a.f.__name__, a.f.__doc__, a.f.__qualname__, a.f.__module__)
print(a.f.__wrapped__ is A.__dict__["f"].func, inspect.signature(a.f), a.f.__annotations__)
attempt(lambda: a.f())
attempt(lambda: a.f.nothing)
attempt(lambda: a.f.register(5))


@singledispatch
def s(arg, other=None):
    return "default"


@s.register
def _(arg: bytes, other: undefined = None):
    return "other is not looked at"


print(s(b""), s(""))


def _unresolved(arg: undefined): pass


def refused(annotation):
    def f(arg: annotation): pass
    attempt(lambda: s.register(f))


refused(int | typing.Iterable[str])
refused(typing.Iterable[str])
refused(5)
attempt(lambda: s.register(_unresolved))
attempt(lambda: s.register(lambda x: x))
attempt(lambda: s.register(typing.List[int], len))


@functools.total_ordering
class Ordered:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
    def __eq__(self, other): return self.n == other.n


for name in ("__gt__", "__le__", "__ge__"):
    method = getattr(Ordered, name)
    print(method.__name__, method.__qualname__, pickle.loads(pickle.dumps(method)) is method, method(Ordered(1), Ordered(2)))
print(functools._ge_from_lt is Ordered.__ge__, hasattr(functools, "_lt_from_lt"))
print(inspect.signature(functools.cmp_to_key(lambda a, b: 0)))


class Meta(type): pass
print(type.__type_params__, Meta.__type_params__, functools.update_wrapper(lambda: 0, type).__name__)


@functools.lru_cache
def cached(a: int) -> str: pass


import annotationlib
print(annotationlib.get_annotations(cached), typing.get_type_hints(cached))
