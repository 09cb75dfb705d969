"""Objects that watch objects: weak references, caches, context variables, proxies, copying, pickling, operators, gc."""

import contextvars
import copy
import functools
import gc
import operator
import pickle
import types
import weakref
from abc import ABC, abstractmethod
from collections import OrderedDict, UserDict, deque

log = deque(maxlen=6)
current_user = contextvars.ContextVar("current_user", default="nobody")


class Signal:
    def __init__(self, name):
        self.name, self._receivers = name, []

    def connect(self, receiver):
        make = weakref.WeakMethod if hasattr(receiver, "__self__") else weakref.ref
        self._receivers.append(make(receiver))
        return receiver

    def __call__(self, *args, **kwargs):
        answers = []
        for ref in self._receivers[:]:
            if (receiver := ref()) is None:
                self._receivers.remove(ref)
            else:
                answers.append(receiver(*args, **kwargs))
        return answers


class Observable:
    changed = Signal("changed")

    def __init__(self, **values):
        self.__dict__.update(values)

    def __setattr__(self, name, value):
        old = self.__dict__.get(name, "nothing")
        object.__setattr__(self, name, value)
        type(self).changed(self, name, old, value)


class Watcher:
    def __init__(self, name):
        self.name = name

    def notice(self, thing, name, old, new):
        log.append(f"{self.name}/{current_user.get()}: {name} {old} -> {new}")


class Shape(ABC):
    registry = weakref.WeakValueDictionary()

    def __init__(self, name):
        self.name = name
        self.registry[name] = self

    @property
    @abstractmethod
    def area(self): ...

    @classmethod
    @abstractmethod
    def unit(cls): ...

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"


class Square(Shape):
    def __init__(self, name, side):
        super().__init__(name)
        self.side = side

    @functools.cached_property
    def area(self):
        log.append(f"area of {self.name}")
        return self.side**2

    @classmethod
    def unit(cls):
        return cls("unit", 1)

    def __copy__(self):
        return type(self)(self.name + "'", self.side)

    def __deepcopy__(self, memo):
        memo[id(self)] = twin = type(self)(self.name + '"', copy.deepcopy(self.side, memo))
        return twin

    def __reduce__(self):
        return Square, (self.name, self.side), {"unpickled": True}


class Proxy:
    """Stands for another object and counts what it is asked."""

    def __init__(self, target):
        object.__setattr__(self, "_target", target)
        object.__setattr__(self, "_asked", {})

    def __getattr__(self, name):
        self._asked[name] = self._asked.get(name, 0) + 1
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        setattr(self._target, name, value)

    for _name in ("__len__", "__getitem__", "__add__", "__contains__", "__iter__", "__eq__", "__str__"):
        def _forward(self, *args, _name=_name):
            return getattr(operator if _name == "__add__" else self._target, _name, None)(*((self._target, *args) if _name == "__add__" else args))
        _forward.__name__ = _name
        locals()[_name] = _forward
    del _name, _forward
    __hash__ = None


class Expiring(UserDict):
    """An LRU cache of so many entries that tells what it drops."""

    def __init__(self, size, *args, **kwargs):
        self.size, self.dropped = size, []
        super().__init__()
        self.data = OrderedDict()
        self.update(*args, **kwargs)

    def __getitem__(self, key):
        value = super().__getitem__(key)
        self.data.move_to_end(key)
        return value

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        self.data.move_to_end(key)
        while len(self.data) > self.size:
            self.dropped.append(self.data.popitem(last=False))

    def __missing__(self, key):
        self[key] = value = f"made {key}"
        return value


def memoize(function=None, /, *, maxsize=2):
    if function is None:
        return functools.partial(memoize, maxsize=maxsize)
    cache = Expiring(maxsize)

    @functools.wraps(function)
    def wrapper(*args):
        if args not in cache:
            cache[args] = function(*args)
        return cache[args]

    wrapper.cache = cache
    return wrapper


@memoize(maxsize=3)
def power(base, exponent=2):
    """base to the exponent"""
    log.append(f"power {base} {exponent}")
    return base**exponent


ann, bob = Watcher("ann"), Watcher("bob")
for watcher in (ann, bob):
    Observable.changed.connect(watcher.notice)
thing = Observable(x=1)
thing.x = 2
context = contextvars.copy_context()
context.run(lambda: (current_user.set("root"), setattr(thing, "y", [1])))
del bob
gc.collect()
token = current_user.set("me")
thing.x = 3
current_user.reset(token)
print(*log, sep="\n")
print(len(Observable.changed._receivers), current_user.get(), context[current_user], token.old_value is contextvars.Token.MISSING)
log.clear()
a = Square("a", 3)


def copies():
    b, c, d = copy.copy(a), copy.deepcopy([a, a]), pickle.loads(pickle.dumps((a, a)))
    print(a.area, a.area, b, c, c[0] is c[1], d[0] is d[1], d[0].unpickled, sorted(Shape.registry), list(log))


copies()
print(Square.unit(), a.__dict__)
for wrong in (lambda: Shape("x"), lambda: type("Half", (Shape,), {"area": 1})("h"), lambda: weakref.ref(3), lambda: pickle.dumps(lambda: 0), lambda: context.run(context.run, len)):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
proxy = Proxy([1, 2, 3])
proxy.append(4)
print(len(proxy), proxy[1], 3 in proxy, list(proxy), proxy + [5], proxy.count(1), proxy._asked, proxy == [1, 2, 3, 4], str(proxy))
cache = Expiring(3, {"a": 1}, b=2)
print(cache["a"], cache["new"], cache["c"], cache, cache.dropped, "b" in cache, cache.get("zz", "default"), cache.pop("a", None), len(cache))
print([power(n) for n in (2, 3, 2, 4, 5, 2)], power.__name__, power.__doc__, power.__wrapped__(2, 5), list(power.cache), list(log))


def watched(side):
    """References to a square that dies here, and what it leaves."""
    square = Square("b", side)
    finalizer = weakref.finalize(square, log.append, "finalized")
    print(weakref.proxy(square).area, weakref.ref(square)() is square, finalizer.alive, finalizer.peek()[2:])
    return finalizer


watched(5)()
print(log[-1])
namespace = types.SimpleNamespace(**{"b": 1, "a": [2]})
view = types.MappingProxyType(vars(namespace))
namespace.c = view["a"]
print(namespace, view, copy.replace(namespace, b=9), operator.attrgetter("a", "b")(namespace), operator.methodcaller("copy")(namespace.a))
try:
    view["x"] = 1
except TypeError as error:
    print(error)
