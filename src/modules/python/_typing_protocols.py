"""Protocols: classes that say which members an object has. Imported when typing is asked for the first of them."""

import sys as _sys
from _generic import Generic, _is_protocol_itself
from _static_attributes import getattr_static
from abc import ABCMeta as _ABCMeta, abstractmethod as _abstractmethod
from typing import T_co

# What is here is known as the own of typing.
__name__ = "typing"

_NO_MEMBERS = frozenset([
    "__abstractmethods__", "__annotations__", "__annotations_cache__", "__annotate__", "__annotate_func__", "__dict__",
    "__doc__", "__init__", "__module__", "__new__", "__slots__", "__subclasshook__", "__weakref__", "__class_getitem__",
    "__match_args__", "__static_attributes__", "__firstlineno__", "__parameters__", "__orig_bases__", "__type_params__",
    "__protocol_attrs__", "__init_subclass__", "__conditional_annotations__", "__classdictcell__", "_is_protocol",
    "_is_runtime_protocol", "_abc_impl", "__non_callable_proto_members__", "__qualname__", "__orig_class__"])

# Classes that are no protocols and may be bases of one nevertheless, by their modules.
_COLLECTIONS = frozenset(["Callable", "Awaitable", "Iterable", "Iterator", "AsyncIterable", "AsyncIterator", "Hashable",
                          "Sized", "Container", "Collection", "Reversible", "Buffer"])
_ALLOWED = {"collections.abc": _COLLECTIONS, "contextlib": ("AbstractContextManager", "AbstractAsyncContextManager"),
            "io": ("Reader", "Writer"), "os": ("PathLike",)}


def _annotated_names(cls):
    """The names that a class annotates, whether what they are annotated with is defined or not."""
    try:
        return cls.__annotations__
    except Exception:
        from annotationlib import Format, get_annotations
        return get_annotations(cls, format=Format.FORWARDREF)


def _protocol_members(cls):
    members = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ not in ("Protocol", "Generic"):
            members.update(name for name in [*base.__dict__, *_annotated_names(base)]
                           if name not in _NO_MEMBERS and not name.startswith("_abc_"))
    return members


def _may_be_base(base):
    return base in (object, Generic) or base.__name__ in _ALLOWED.get(base.__module__, ()) or (
        issubclass(base, Generic) and getattr(base, "_is_protocol", False))


def _asked_by_library():
    """Whether the check is one that `abc` or `functools` makes of its own accord: it may look at all protocols."""
    return _sys._getframe(2).f_globals.get("__name__") in ("abc", "functools")


class _ProtocolMeta(_ABCMeta):
    """The metaclass of protocols: they count as subclasses what has their members."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if Generic in bases and bases != (Generic,) or any(map(_is_protocol_itself, bases)):
            for base in bases:
                if not _may_be_base(base):
                    raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __init__(cls, *args, **kwargs):
        if getattr(cls, "_is_protocol", False):
            cls.__protocol_attrs__ = _protocol_members(cls)

    def __subclasscheck__(cls, other):
        if cls is Protocol:
            return type.__subclasscheck__(cls, other)
        if getattr(cls, "_is_protocol", False) and not _asked_by_library():
            if not getattr(cls, "_is_runtime_protocol", False):
                _want_class(other)
                raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
            # Those that `runtime_checkable` has found.
            plain = cls.__non_callable_proto_members__
            if plain and getattr(cls.__dict__.get("__subclasshook__"), "__func__", None) is _protocol_hook:
                _want_class(other)
                raise TypeError("Protocols with non-method members don't support issubclass(). "
                                f"Non-method members: {str(sorted(plain))[1:-1]}.")
        return super().__subclasscheck__(other)

    def __instancecheck__(cls, instance):
        if cls is Protocol:
            return type.__instancecheck__(cls, instance)
        if not getattr(cls, "_is_protocol", False):
            return super().__instancecheck__(instance)
        if not getattr(cls, "_is_runtime_protocol", False) and not _asked_by_library():
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if super().__instancecheck__(instance):
            return True
        return all(_has_member(cls, instance, name) for name in cls.__protocol_attrs__)


def _want_class(other):
    if not isinstance(other, type):
        raise TypeError("issubclass() arg 1 must be a class")


def _has_member(cls, instance, name):
    """Whether an object has a member of a protocol, found without running any code of it; None stands for no method."""
    try:
        value = getattr_static(instance, name)
    except AttributeError:
        return False
    return value is not None or name in cls.__non_callable_proto_members__


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class for protocol classes: classes that describe which members an object has."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if "__subclasshook__" not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_protocol_hook)
        if cls._is_protocol and cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init


def _protocol_hook(cls, other):
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    is_protocol = issubclass(other, Generic) and getattr(other, "_is_protocol", False)
    for name in cls.__protocol_attrs__:
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            if is_protocol and name in _annotated_names(base):
                break
        else:
            return NotImplemented
    return True


def _no_init(self, *args, **kwargs):
    cls = type(self)
    if cls._is_protocol:
        raise TypeError("Protocols cannot be instantiated")
    # A class that only inherits this one: the next `__init__` is meant.
    if cls.__init__ is _no_init:
        for base in cls.__mro__:
            init = base.__dict__.get("__init__", _no_init)
            if init is not _no_init:
                cls.__init__ = init
                break
        cls.__init__(self, *args, **kwargs)


def runtime_checkable(cls):
    """Mark a protocol class as a runtime protocol: isinstance() and issubclass() look whether the members are there."""
    if not issubclass(cls, Generic) or not getattr(cls, "_is_protocol", False):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    plain = set()
    for name in cls.__protocol_attrs__:
        try:
            if not callable(getattr(cls, name, None)):
                plain.add(name)
        except Exception as error:
            raise TypeError(f"Failed to determine whether protocol member {name!r} is a method member") from error
    cls.__non_callable_proto_members__ = plain
    return cls


def is_protocol(tp, /):
    """Return True if the given type is a Protocol."""
    return isinstance(tp, type) and getattr(tp, "_is_protocol", False) and tp is not Protocol


def get_protocol_members(tp, /):
    """Return the set of members defined in a Protocol."""
    if not is_protocol(tp):
        raise TypeError(f"{tp!r} is not a Protocol")
    return frozenset(tp.__protocol_attrs__)


@runtime_checkable
class SupportsInt(Protocol):
    """An ABC with one abstract method __int__."""

    __slots__ = ()

    @_abstractmethod
    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    """An ABC with one abstract method __float__."""

    __slots__ = ()

    @_abstractmethod
    def __float__(self):
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    """An ABC with one abstract method __complex__."""

    __slots__ = ()

    @_abstractmethod
    def __complex__(self):
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    """An ABC with one abstract method __bytes__."""

    __slots__ = ()

    @_abstractmethod
    def __bytes__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    """An ABC with one abstract method __index__."""

    __slots__ = ()

    @_abstractmethod
    def __index__(self):
        pass


@runtime_checkable
class SupportsAbs(Protocol[T_co]):
    """An ABC with one abstract method __abs__."""

    __slots__ = ()

    @_abstractmethod
    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol[T_co]):
    """An ABC with one abstract method __round__."""

    __slots__ = ()

    @_abstractmethod
    def __round__(self, ndigits=0):
        pass
