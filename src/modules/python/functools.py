"""Functions that take functions, and functions that make them."""

from _functools import Placeholder, _lru_cache_wrapper, cmp_to_key, partial, reduce
from _typing import GenericAlias

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


# ---- partial application

class partialmethod:
    """Method descriptor with partial application of the given arguments and keywords."""

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func) and getattr(func, "__get__", None) is None:
            raise TypeError(f"the first argument {func!r} must be a callable or a descriptor")
        self = super().__new__(cls)
        known = _nothing
        if isinstance(func, partialmethod):
            known, func = func._known, func.func
        # Which arguments go where is for partial to say; it calls nothing here.
        known = partial(known, *args, **keywords)
        self.func, self.args, self.keywords, self._known = func, known.args, known.keywords, known
        return self

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
        return self._function().__get__(obj, cls)

    def _function(self):
        def _method(cls_or_self, /, *args, **keywords):
            holes = self.args.count(Placeholder)
            if len(args) < holes:
                raise TypeError("missing positional arguments in 'partialmethod' call; "
                                f"expected at least {holes}, got {len(args)}")
            return partial(self.func, cls_or_self, *self.args, **self.keywords)(*args, **keywords)
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.__partialmethod__ = self
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(GenericAlias)


def _nothing(*args, **keywords):
    """What a partialmethod's arguments are collected for."""


# ---- caches

def _cache_info_class():
    """`CacheInfo`, made when it is first wanted: few who cache ask."""
    global _CacheInfo
    if _CacheInfo is None:
        from collections import namedtuple
        _CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"], module="functools")
    return _CacheInfo


_CacheInfo = None


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


def _cached(function, maxsize, typed):
    info = lambda *counts: _cache_info_class()(*counts)
    wrapper = _lru_cache_wrapper(function, maxsize, typed, info)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, function)


_missing = object()


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

    __class_getitem__ = classmethod(GenericAlias)


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
