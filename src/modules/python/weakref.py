"""Weak references: they do not keep what they refer to alive.

Here they are cleared when a collection finds the object unreachable, not at the last reference.
"""

from _collections_abc import MutableMapping as _MutableMapping, MutableSet as _MutableSet
from _statics import stand_for as _stand_for
from _weakref import ReferenceType, getweakrefs as _getweakrefs

ref = ReferenceType

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]


# ---- proxies

class _ProxyRef(ReferenceType):
    """The reference of a proxy; it knows the proxy, so that asking twice gives the same one."""

    __slots__ = ("proxy",)

    def __new__(cls, object, callback, proxy):
        if callback is None:
            self = ReferenceType.__new__(cls, object)
        else:
            self = ReferenceType.__new__(cls, object, lambda ref: callback(ref.proxy))
        self.proxy = proxy
        return self

    def __init__(self, object, callback, proxy):
        pass


_get_ref = None
_new = object.__new__


def _target(proxy):
    object = _get_ref(proxy)()
    if object is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return object


def _unwrapped(value):
    return _target(value) if type(value) in ProxyTypes else value


def _unary(operation):
    return lambda self: operation(_target(self))


def _binary(operation):
    return lambda self, other: operation(_unwrapped(self), _unwrapped(other))


def _reflected(operation):
    return lambda self, other: operation(_unwrapped(other), _unwrapped(self))


class ProxyType:
    """A stand-in for an object that does not keep it alive."""

    __slots__ = ("_ref",)
    __module__ = "weakref"
    __text_signature__ = "()"
    __hash__ = None

    def __new__(cls, /, *args, **kwargs):
        raise TypeError(f"cannot create 'weakref.{cls.__name__}' instances")

    def __getattribute__(self, name):
        return getattr(_target(self), name)

    def __setattr__(self, name, value):
        setattr(_target(self), name, value)

    def __delattr__(self, name):
        delattr(_target(self), name)

    def __repr__(self):
        object = _get_ref(self)()
        return f"<weakproxy at {id(self):#x} to {type(object).__name__} at {id(object):#x}>"

    def __bool__(self):
        return bool(_target(self))

    def __str__(self):
        return str(_target(self))

    def __bytes__(self):
        return _target(self).__bytes__()

    def __len__(self):
        return len(_target(self))

    def __getitem__(self, key):
        return _target(self)[key]

    def __setitem__(self, key, value):
        _target(self)[key] = value

    def __delitem__(self, key):
        del _target(self)[key]

    def __contains__(self, item):
        return item in _target(self)

    def __iter__(self):
        return iter(_target(self))

    def __next__(self):
        object = _target(self)
        if not hasattr(type(object), "__next__"):
            raise TypeError(f"Weakref proxy referenced a non-iterator '{type(object).__name__}' object")
        return next(object)

    def __reversed__(self):
        return reversed(_target(self))


class CallableProxyType(ProxyType):
    """A stand-in for an object that can be called."""

    __slots__ = ()
    __module__ = "weakref"

    def __call__(self, *args, **kwargs):
        return _target(self)(*args, **kwargs)


_get_ref = ProxyType.__dict__["_ref"].__get__
_set_ref = ProxyType.__dict__["_ref"].__set__
ProxyTypes = (ProxyType, CallableProxyType)


def _add_operators():
    import operator

    for name in ("neg", "pos", "abs", "invert", "index"):
        setattr(ProxyType, f"__{name}__", _unary(getattr(operator, name)))
    for name, operation in (("int", int), ("float", float)):
        setattr(ProxyType, f"__{name}__", _unary(operation))
    for name in ("lt", "le", "eq", "ne", "gt", "ge"):
        setattr(ProxyType, f"__{name}__", _binary(getattr(operator, name)))
    for name in ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and", "or", "xor"):
        operation = getattr(operator, f"__{name}__")
        setattr(ProxyType, f"__{name}__", _binary(operation))
        setattr(ProxyType, f"__r{name}__", _reflected(operation))
        setattr(ProxyType, f"__i{name}__", _binary(getattr(operator, f"__i{name}__")))
    # With three arguments any of them may be the proxy.
    ProxyType.__pow__ = lambda self, other, modulus=None: pow(_unwrapped(self), _unwrapped(other), _unwrapped(modulus))
    ProxyType.__rpow__ = lambda self, other, modulus=None: pow(_unwrapped(other), _unwrapped(self), _unwrapped(modulus))


_add_operators()
del _add_operators


def proxy(object, callback=None, /):
    """A proxy for the object, which it does not keep alive."""
    cls = CallableProxyType if callable(object) else ProxyType
    if callback is None:
        for known in _getweakrefs(object):
            if type(known) is _ProxyRef and known.__callback__ is None:
                return known.proxy
    made = _new(cls)
    _set_ref(made, _ProxyRef(object, callback, made))
    return made


def getweakrefs(object, /):
    """The weak references to the object, proxies among them."""
    return [known.proxy if type(known) is _ProxyRef else known for known in _getweakrefs(object)]


def getweakrefcount(object, /):
    """How many weak references to the object there are."""
    return len(_getweakrefs(object))


_stand_for("_weakref", proxy, getweakrefs, getweakrefcount)


# ---- methods

class WeakMethod(ref):
    """A reference to a bound method, which dies with the object and not with the short-lived method object."""

    __slots__ = ("_function", "_class", "_alive")

    def __new__(cls, meth, callback=None):
        try:
            object, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None

        def died(_):
            if self._alive:
                self._alive = False
                if callback is not None:
                    callback(self)

        self = ref.__new__(cls, object, died)
        self._function = ref(function, died)
        self._class = type(meth)
        self._alive = True
        return self

    def __init__(self, meth, callback=None):
        pass

    def __call__(self):
        object, function = super().__call__(), self._function()
        if object is None or function is None:
            return None
        return self._class(function, object)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not self._alive or not other._alive:
            return self is other
        return ref.__eq__(self, other) and self._function == other._function

    def __ne__(self, other):
        equal = WeakMethod.__eq__(self, other)
        return equal if equal is NotImplemented else not equal

    __hash__ = ref.__hash__


# ---- containers

class KeyedRef(ref):
    """A reference that knows the key under which a dictionary holds it."""

    __slots__ = ("key",)

    def __new__(cls, object, callback, key):
        self = ref.__new__(cls, object, callback)
        self.key = key
        return self

    def __init__(self, object, callback, key):
        pass


class WeakValueDictionary(_MutableMapping):
    """A mapping whose entries vanish with their values."""

    def __init__(self, other=(), /, **kw):
        self.data = {}
        self._remove = _remover(ref(self), lambda data, dead: data.pop(dead.key) if data.get(dead.key) is dead else None)
        self.update(other, **kw)

    def _live(self):
        for key, value in list(self.data.items()):
            object = value()
            if object is not None:
                yield key, object

    def __getitem__(self, key):
        object = self.data[key]()
        if object is None:
            raise KeyError(key)
        return object

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        del self.data[key]

    def __len__(self):
        return sum(value() is not None for value in list(self.data.values()))

    def __contains__(self, key):
        value = self.data.get(key)
        return value is not None and value() is not None

    def __iter__(self):
        return (key for key, _ in self._live())

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def keys(self):
        return iter(self)

    def values(self):
        return (value for _, value in self._live())

    def items(self):
        return self._live()

    def itervaluerefs(self):
        return iter(self.valuerefs())

    def valuerefs(self):
        """The references, dead ones too."""
        return list(self.data.values())

    def get(self, key, default=None):
        value = self.data.get(key)
        object = None if value is None else value()
        return default if object is None else object

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is not None:
            return value
        self[key] = default
        return default

    def pop(self, key, *args):
        value = self.data.pop(key, None)
        object = None if value is None else value()
        if object is not None:
            return object
        if args:
            return args[0]
        raise KeyError(key)

    def popitem(self):
        while True:
            key, value = self.data.popitem()
            object = value()
            if object is not None:
                return key, object

    def copy(self):
        new = WeakValueDictionary()
        for key, value in self._live():
            new[key] = value
        return new

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        new = self.__class__()
        for key, value in self._live():
            new[deepcopy(key, memo)] = value
        return new

    def __or__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        new = self.__class__()
        new.update(other)
        new.update(self)
        return new

    def __ior__(self, other):
        self.update(other)
        return self


def _remover(owner, remove):
    """A callback that takes dead references out of a container which it does not keep alive."""
    def removed(dead):
        container = owner()
        if container is not None:
            remove(container.data, dead)
    return removed


class WeakKeyDictionary(_MutableMapping):
    """A mapping whose entries vanish with their keys."""

    def __init__(self, dict=None):
        self.data = {}
        self._remove = _remover(ref(self), lambda data, dead: data.pop(dead, None))
        if dict is not None:
            self.update(dict)

    def _live(self):
        for key, value in list(self.data.items()):
            object = key()
            if object is not None:
                yield object, value

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __len__(self):
        return sum(key() is not None for key in list(self.data))

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def __iter__(self):
        return (key for key, _ in self._live())

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def keys(self):
        return iter(self)

    def values(self):
        return (value for _, value in self._live())

    def items(self):
        return self._live()

    def keyrefs(self):
        """The references, dead ones too."""
        return list(self.data)

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def popitem(self):
        while True:
            key, value = self.data.popitem()
            object = key()
            if object is not None:
                return object, value

    def copy(self):
        new = WeakKeyDictionary()
        for key, value in self._live():
            new[key] = value
        return new

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        new = self.__class__()
        for key, value in self._live():
            new[key] = deepcopy(value, memo)
        return new

    __or__ = WeakValueDictionary.__or__
    __ror__ = WeakValueDictionary.__ror__
    __ior__ = WeakValueDictionary.__ior__


class WeakSet(_MutableSet):
    """A set whose elements vanish when nothing else refers to them."""

    def __init__(self, data=None):
        self.data = set()
        self._remove = _remover(ref(self), lambda data, dead: data.discard(dead))
        if data is not None:
            self.update(data)

    @classmethod
    def _from_iterable(cls, items):
        return cls(items)

    def __iter__(self):
        for item in list(self.data):
            object = item()
            if object is not None:
                yield object

    def __len__(self):
        return sum(item() is not None for item in list(self.data))

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def __repr__(self):
        return repr(self.data)

    def add(self, item):
        self.data.add(ref(item, self._remove))

    def discard(self, item):
        self.data.discard(ref(item))

    def remove(self, item):
        self.data.remove(ref(item))

    def clear(self):
        self.data.clear()

    def pop(self):
        while self.data:
            object = self.data.pop()()
            if object is not None:
                return object
        raise KeyError("pop from empty WeakSet")

    def update(self, other):
        for item in other:
            self.add(item)

    def copy(self):
        return self.__class__(self)

    def union(self, other):
        new = self.copy()
        new.update(other)
        return new

    __or__ = union

    def intersection(self, other):
        return self.__class__(item for item in other if item in self)

    __and__ = intersection

    def difference(self, other):
        return self.__class__(item for item in self if item not in set(other))

    __sub__ = difference

    def symmetric_difference(self, other):
        return self.difference(other).union(item for item in other if item not in self)

    __xor__ = symmetric_difference

    def intersection_update(self, other):
        kept = set(other)
        for item in list(self):
            if item not in kept:
                self.discard(item)

    def symmetric_difference_update(self, other):
        for item in list(other):
            if item in self:
                self.discard(item)
            else:
                self.add(item)

    def difference_update(self, other):
        for item in list(other):
            self.discard(item)

    def issubset(self, other):
        return set(self) <= set(other)

    def issuperset(self, other):
        return set(self) >= set(other)

    __le__ = issubset
    __ge__ = issuperset

    def __lt__(self, other):
        return set(self) < set(other)

    def __gt__(self, other):
        return set(self) > set(other)

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return set(self) == set(other)

    def isdisjoint(self, other):
        return not any(item in self for item in other)


# ---- finalisation

class finalize:
    """Calls a function when the object dies, or at the end of the program."""

    __slots__ = ()

    _registry = {}
    _at_exit = False
    _count = 0

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._at_exit:
            import atexit
            atexit.register(finalize._exit)
            finalize._at_exit = True
        finalize._count += 1
        # The entry: the reference, the call, whether it is made at exit too, and its place in the order of making.
        finalize._registry[self] = [ref(obj, self), func, args, kwargs, True, finalize._count]

    def __call__(self, _=None):
        """Make the call unless it was made or given up."""
        entry = self._registry.pop(self, None)
        if entry is not None:
            _, func, args, kwargs, _, _ = entry
            return func(*args, **kwargs)

    def detach(self):
        """Give the call up; returns (obj, func, args, kwargs) if it was still to be made."""
        entry = self._registry.get(self)
        object = entry and entry[0]()
        if object is not None and self._registry.pop(self, None):
            return object, entry[1], entry[2], entry[3]

    def peek(self):
        """(obj, func, args, kwargs) if the call is still to be made."""
        entry = self._registry.get(self)
        object = entry and entry[0]()
        if object is not None:
            return object, entry[1], entry[2], entry[3]

    @property
    def alive(self):
        """Whether the call is still to be made."""
        return self in self._registry

    @property
    def atexit(self):
        """Whether the call is made at the end of the program."""
        entry = self._registry.get(self)
        return bool(entry) and entry[4]

    @atexit.setter
    def atexit(self, value):
        entry = self._registry.get(self)
        if entry:
            entry[4] = bool(value)

    def __repr__(self):
        entry = self._registry.get(self)
        object = entry and entry[0]()
        if object is None:
            return f"<{type(self).__name__} object at {id(self):#x}; dead>"
        return f"<{type(self).__name__} object at {id(self):#x}; for {type(object).__qualname__!r} at {id(object):#x}>"

    @classmethod
    def _exit(cls):
        while True:
            due = [(entry[5], one) for one, entry in cls._registry.items() if entry[4]]
            if not due:
                return
            max(due, key=lambda pair: pair[0])[1]()
