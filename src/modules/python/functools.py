"""Functions that take functions, and functions that make them."""

from _thread import RLock as _RLock
from operator import itemgetter as _itemgetter

__all__ = ["update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cache", "cmp_to_key",
           "lru_cache", "reduce", "partial", "partialmethod", "singledispatch", "singledispatchmethod", "cached_property",
           "Placeholder"]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotate__", "__type_params__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make a wrapper function look like the function that it wraps."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorator that makes a wrapper function look like the function that it wraps."""
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)
    return decorate


# ---- ordering

def _from(root, name, answer):
    """The comparison `name` in terms of the one that a class has; `answer` gets its result and tells whether equal."""
    def method(self, other):
        result = getattr(type(self), root)(self, other)
        return result if result is NotImplemented else answer(result, self, other)
    method.__name__ = name
    method.__qualname__ = name
    method.__doc__ = getattr(int, name).__doc__
    return method


_ORDERINGS = {
    "__lt__": {"__gt__": lambda less, a, b: not less and a != b, "__le__": lambda less, a, b: less or a == b,
               "__ge__": lambda less, a, b: not less},
    "__le__": {"__ge__": lambda less, a, b: not less or a == b, "__lt__": lambda less, a, b: less and a != b,
               "__gt__": lambda less, a, b: not less},
    "__gt__": {"__lt__": lambda more, a, b: not more and a != b, "__ge__": lambda more, a, b: more or a == b,
               "__le__": lambda more, a, b: not more},
    "__ge__": {"__le__": lambda more, a, b: not more or a == b, "__gt__": lambda more, a, b: more and a != b,
               "__lt__": lambda more, a, b: not more},
}


def total_ordering(cls):
    """Class decorator that fills in missing ordering methods"""
    roots = [name for name in _ORDERINGS if getattr(cls, name, None) is not getattr(object, name, None)]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(roots)
    for name, answer in _ORDERINGS[root].items():
        if name not in roots:
            setattr(cls, name, _from(root, name, answer))
    return cls


def cmp_to_key(mycmp):
    """Convert a cmp= function into a key= function."""
    class K:
        __slots__ = ("obj",)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None
    return K


_missing = object()


def reduce(function, iterable, /, initial=_missing):
    """Apply a function of two arguments cumulatively to the items of an iterable, from left to right."""
    try:
        items = iter(iterable)
    except TypeError:
        raise TypeError("reduce() arg 2 must support iteration") from None
    if initial is _missing:
        try:
            value = next(items)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for item in items:
        value = function(value, item)
    return value


# ---- partial application

class _PlaceholderType:
    """Stands for a positional argument that a partial object gets when it is called."""

    __slots__ = ()
    __module__ = "functools"
    _one = None

    def __new__(cls):
        if cls._one is None:
            cls._one = object.__new__(cls)
        return cls._one

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError("type 'functools._PlaceholderType' is not an acceptable base type")

    def __repr__(self):
        return "Placeholder"

    def __reduce__(self):
        return "Placeholder"


Placeholder = _PlaceholderType()


def _filled(args, more):
    """Arguments with placeholders replaced by the first of `more`, the rest of which follow."""
    if Placeholder not in args:
        return args + more
    count = args.count(Placeholder)
    if len(more) < count:
        raise TypeError(f"missing positional arguments in 'partial' call; expected at least {count}, got {len(more)}")
    given = iter(more)
    return tuple(next(given) if arg is Placeholder else arg for arg in args) + tuple(given)


class partial:
    """Create a new function with partial application of the given arguments and keywords."""

    def __new__(cls, func=_missing, /, *args, **keywords):
        if func is _missing:
            raise TypeError("type 'partial' takes at least one argument")
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if args and args[-1] is Placeholder:
            raise TypeError("trailing Placeholders are not allowed")
        if any(value is Placeholder for value in keywords.values()):
            raise TypeError("Placeholder cannot be passed as a keyword argument")
        if isinstance(func, partial):
            given = args
            waiting = func.args.count(Placeholder)
            if waiting and len(args) < waiting:
                given = args + (Placeholder,) * (waiting - len(args))
            args = _filled(func.args, given)
            while args and args[-1] is Placeholder:
                args = args[:-1]
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func, self.args, self.keywords = func, args, keywords
        self._plain = Placeholder not in args
        return self

    def __call__(self, /, *args, **keywords):
        if self._plain:
            return self.func(*self.args, *args, **self.keywords, **keywords) if not keywords or not self.keywords else (
                self.func(*self.args, *args, **{**self.keywords, **keywords}))
        return self.func(*_filled(self.args, args), **{**self.keywords, **keywords})

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return type(_bound.method)(self, instance)

    def __repr__(self):
        cls = type(self)
        args = [repr(self.func), *map(repr, self.args), *(f"{name}={value!r}" for name, value in self.keywords.items())]
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(args)})"

    def __reduce__(self):
        own = {name: value for name, value in self.__dict__.items() if name not in ("func", "args", "keywords", "_plain")}
        return type(self), (self.func,), (self.func, self.args, self.keywords or None, own or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple) or len(state) != 4:
            raise TypeError("invalid partial state")
        self.func, args, keywords, own = state
        self.args, self.keywords = tuple(args), dict(keywords or {})
        self._plain = Placeholder not in self.args
        self.__dict__.update(own or {})

    __class_getitem__ = classmethod(type(list[int]))


class _Bound:
    def method(self):
        pass


_bound = _Bound()


class partialmethod:
    """Method descriptor with partial application of the given arguments and keywords."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and getattr(func, "__get__", None) is None:
            raise TypeError(f"the first argument {func!r} must be a callable or a descriptor")
        if isinstance(func, partialmethod):
            args, keywords, func = func.args + args, {**func.keywords, **keywords}, func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        cls = type(self)
        args = [repr(self.func), *map(repr, self.args), *(f"{name}={value!r}" for name, value in self.keywords.items())]
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(args)})"

    def __get__(self, obj, cls=None):
        get = getattr(self.func, "__get__", None)
        if get is not None and not isinstance(self.func, partial):
            bound = get(obj, cls)
            if bound is not self.func:
                made = partial(bound, *self.args, **self.keywords)
                try:
                    made.__self__ = bound.__self__
                except AttributeError:
                    pass
                return made

        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.__partialmethod__ = self
        return _method.__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(type(list[int]))


# ---- caches

def _cache_info_class():
    """`CacheInfo`, made when it is first wanted: few who cache ask."""
    global _CacheInfo
    if _CacheInfo is None:
        from collections import namedtuple
        _CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"], module="functools")
    return _CacheInfo


_CacheInfo = None


class _Key(list):
    """The arguments of a call; its hash is computed once."""

    __slots__ = ("hash",)

    def __init__(self, items):
        self[:] = items
        self.hash = hash(items)

    def __hash__(self):
        return self.hash


_SEPARATOR = (object(),)


def _make_key(args, kwds, typed):
    key = args
    if kwds:
        key = args + _SEPARATOR + tuple(item for pair in kwds.items() for item in pair)
    if typed:
        key += tuple(type(arg) for arg in args) + tuple(type(value) for value in kwds.values())
    elif len(key) == 1 and type(key[0]) in (int, str):
        return key[0]
    return _Key(key)


def lru_cache(maxsize=128, typed=False):
    """Least-recently-used cache decorator."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, False)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _cached(function, maxsize, typed)


def cache(user_function, /):
    """Simple lightweight unbounded cache.  Sometimes called "memoize"."""
    return lru_cache(maxsize=None)(user_function)


class _lru_cache_wrapper:
    """A function with a cache."""

    __module__ = "functools"

    def __init__(self, function, maxsize, typed):
        self._function, self._maxsize, self._typed = function, maxsize, typed
        self._entries, self._hits, self._misses = {}, 0, 0
        self._lock = _RLock()

    def __call__(self, /, *args, **kwds):
        key = _make_key(args, kwds, self._typed)
        entries = self._entries
        found = entries.get(key, _missing)
        if found is not _missing:
            if self._maxsize is None:
                self._hits += 1
                return found
            with self._lock:
                self._hits += 1
                # The entries lie in the order of their last use.
                if entries.pop(key, _missing) is not _missing:
                    entries[key] = found
            return found
        self._misses += 1
        result = self._function(*args, **kwds)
        if self._maxsize is None:
            entries[key] = result
        elif self._maxsize:
            with self._lock:
                if key not in entries:
                    while len(entries) >= self._maxsize:
                        entries.pop(next(iter(entries)))
                    entries[key] = result
        return result

    def __get__(self, instance, owner=None):
        return self if instance is None else type(_bound.method)(self, instance)

    def cache_info(self):
        """Report cache statistics"""
        return _cache_info_class()(self._hits, self._misses, self._maxsize, len(self._entries))

    def cache_clear(self):
        """Clear the cache and cache statistics"""
        with self._lock:
            self._entries.clear()
            self._hits = self._misses = 0

    def cache_parameters(self):
        return {"maxsize": self._maxsize, "typed": self._typed}

    def __repr__(self):
        return f"<functools._lru_cache_wrapper object at {id(self):#x}>"

    def __reduce__(self):
        return self.__qualname__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _cached(function, maxsize, typed):
    wrapper = update_wrapper(_lru_cache_wrapper(function, maxsize, typed), function)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return wrapper


class cached_property:
    """A property that is computed once and then kept in the instance's dict."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError("Cannot assign the same cached_property to two different names "
                            f"({self.attrname!r} and {name!r}).")

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            kept = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache "
                            f"{self.attrname!r} property.") from None
        value = kept.get(self.attrname, _missing)
        if value is _missing:
            value = self.func(instance)
            try:
                kept[self.attrname] = value
            except TypeError:
                raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support item "
                                f"assignment for caching {self.attrname!r} property.") from None
        return value

    __class_getitem__ = classmethod(type(list[int]))


# ---- generic functions

def _find_impl(cls, registry):
    """The implementation for a class: that of the nearest class in its MRO, abstract ones included."""
    for base in cls.__mro__:
        if base in registry:
            nearest = base
            break
    else:
        nearest = None
    if nearest is not object and nearest is not None:
        return registry[nearest]
    abstract = [one for one in registry if one is not object and one not in cls.__mro__ and issubclass(cls, one)]
    best = [one for one in abstract if not any(other is not one and issubclass(other, one) for other in abstract)]
    if len(best) > 1:
        raise RuntimeError(f"Ambiguous dispatch: {best[0]} or {best[1]}")
    if best:
        return registry[best[0]]
    return registry.get(object)


def _is_class_union(cls):
    from _typing import Union
    return isinstance(cls, Union) and all(isinstance(arg, type) for arg in cls.__args__)


def singledispatch(func):
    """Single-dispatch generic function decorator: the class of the first argument says which implementation runs."""
    from types import MappingProxyType
    registry, found = {}, {}
    seen = None

    def dispatch(cls):
        """The implementation for a class."""
        nonlocal seen
        from abc import get_cache_token
        if seen != (token := get_cache_token()):
            found.clear()
            seen = token
        if cls not in found:
            found[cls] = _find_impl(cls, registry)
        return found[cls]

    def register(cls, func=None):
        """Registers an implementation for a class, or for what its first annotation says."""
        if isinstance(cls, type) or _is_class_union(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            if not getattr(cls, "__annotations__", {}):
                raise TypeError(f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` or "
                                "plain `@register` on an annotated function.")
            func = cls
            from typing import get_type_hints
            argname, cls = next(iter(get_type_hints(func).items()))
            if not (isinstance(cls, type) or _is_class_union(cls)):
                raise TypeError(f"Invalid annotation for {argname!r}. {cls!r} is not a class.")
        for one in (cls,) if isinstance(cls, type) else cls.__args__:
            registry[one] = func
        found.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    name = getattr(func, "__name__", "singledispatch function")
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = found.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """Single-dispatch generic method descriptor."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """Registers an implementation for a class."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        name = getattr(self.func, "__name__", "singledispatchmethod method")

        def _method(*args, **kwargs):
            if not args:
                raise TypeError(f"{name} requires at least 1 positional argument")
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        return update_wrapper(_method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)
