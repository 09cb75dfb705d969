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

def _from(root, name):
    """The comparison `name` in terms of the one that a class has: made once, and found in this module by pickle."""
    known = f"_{name[2:4]}_from_{root[2:4]}"
    if known in globals():
        return globals()[known]
    answer = _ORDERINGS[root][name]

    def method(self, other):
        result = getattr(type(self), root)(self, other)
        return result if result is NotImplemented else answer(result, self, other)
    method.__name__ = name
    method.__qualname__ = known
    method.__doc__ = getattr(int, name).__doc__
    return globals().setdefault(known, method)


def __getattr__(name):
    new, _, root = name.strip("_").partition("_from_")
    if f"__{new}__" in _ORDERINGS.get(f"__{root}__", ()):
        return _from(f"__{root}__", f"__{new}__")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# By the comparison that a class has, what each other one makes of its result.
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
    for name in _ORDERINGS[root]:
        if name not in roots:
            setattr(cls, name, _from(root, name))
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
    if cls in registry:
        return registry[cls]
    real = cls.__mro__
    if all(one in real or not issubclass(cls, one) for one in registry):
        nearest = next((one for one in real if one in registry), None)
    else:
        from _dispatch import nearest as find
        nearest = find(cls, registry)
    return registry.get(nearest)


def _is_class_union(cls):
    from _typing import Union
    return isinstance(cls, Union) and all(isinstance(arg, type) for arg in cls.__args__)


def _first_hint(func):
    """The first annotated name of a function, and the class that its annotation says."""
    from annotationlib import Format, ForwardRef
    from typing import get_type_hints
    from _typing import Union
    name, cls = next(iter(get_type_hints(func, format=Format.FORWARDREF).items()))
    if isinstance(cls, type) or _is_class_union(cls):
        return name, cls
    if isinstance(cls, Union):
        what = "not all arguments are classes."
    elif isinstance(cls, ForwardRef):
        what = "is an unresolved forward reference."
    else:
        what = "is not a class."
    raise TypeError(f"Invalid annotation for {name!r}. {cls!r} {what}")


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
            if getattr(cls, "__annotate__", None) is None and not getattr(cls, "__annotations__", None):
                raise TypeError(f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` or "
                                "plain `@register` on an annotated function.")
            func = cls
            argname, cls = _first_hint(func)
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
        return _singledispatchmethod_get(self, obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    def __repr__(self):
        return f"<single dispatch method descriptor {_name_of(self.func, '?')}>"


class _singledispatchmethod_get:
    """A single-dispatch method as it is found on an object or a class."""

    def __init__(self, unbound, obj, cls):
        self._unbound, self._obj, self._cls = unbound, obj, cls
        for name in ("__module__", "__doc__"):
            try:
                setattr(self, name, getattr(unbound.func, name))
            except AttributeError:
                pass

    def __repr__(self):
        name = _name_of(self._unbound.func, "?")
        if self._obj is None:
            return f"<single dispatch method {name}>"
        return f"<bound single dispatch method {name} of {self._obj!r}>"

    def __call__(self, /, *args, **kwargs):
        unbound = self._unbound
        if not args:
            name = getattr(unbound.func, "__name__", "singledispatchmethod method")
            raise TypeError(f"{name} requires at least 1 positional argument")
        return unbound.dispatcher.dispatch(args[0].__class__).__get__(self._obj, self._cls)(*args, **kwargs)

    def __getattr__(self, name):
        if name in ("__name__", "__qualname__", "__isabstractmethod__", "__annotations__", "__type_params__"):
            return getattr(self._unbound.func, name)
        raise AttributeError

    @property
    def __wrapped__(self):
        return self._unbound.func

    @property
    def register(self):
        return self._unbound.register


def _name_of(func, otherwise):
    return getattr(func, "__qualname__", None) or getattr(func, "__name__", otherwise)
