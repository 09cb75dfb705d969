"""Names for types: what annotations are written with. Almost none of it does anything when a program runs."""

import collections.abc as _abc
import sys as _sys
from _generic import (Generic, _BaseAlias, _checked_type, _collect_parameters, _generic_of, _GenericAlias, _type_repr,
                      _Unpack, _UnpackAlias, _unpacked)
from _typing import (GenericAlias, NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple,
                     Union)
from abc import ABCMeta as _ABCMeta, abstractmethod as _abstractmethod

# `Match` and `Pattern` are there as well; they import `re`, which a star should not.
__all__ = [
    "Annotated", "Any", "Callable", "ClassVar", "Concatenate", "Final", "ForwardRef", "Generic", "Literal", "Optional",
    "ParamSpec", "Protocol", "Tuple", "Type", "TypeVar", "TypeVarTuple", "Union", "AbstractSet", "ByteString", "Container",
    "ContextManager", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView", "Mapping", "MappingView",
    "MutableMapping", "MutableSequence", "MutableSet", "Sequence", "Sized", "ValuesView", "Awaitable", "AsyncIterator",
    "AsyncIterable", "Coroutine", "Collection", "AsyncGenerator", "AsyncContextManager", "Reversible", "SupportsAbs",
    "SupportsBytes", "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt", "SupportsRound", "ChainMap",
    "Counter", "Deque", "Dict", "DefaultDict", "List", "OrderedDict", "Set", "FrozenSet", "NamedTuple", "TypedDict",
    "Generator", "BinaryIO", "IO", "TextIO", "AnyStr", "assert_type", "assert_never", "cast",
    "clear_overloads", "dataclass_transform", "evaluate_forward_ref", "final", "get_args", "get_origin", "get_overloads",
    "get_protocol_members", "get_type_hints", "is_protocol", "is_typeddict", "LiteralString", "Never", "NewType",
    "no_type_check", "no_type_check_decorator", "NoDefault", "NoReturn", "NotRequired", "overload", "override",
    "ParamSpecArgs", "ParamSpecKwargs", "ReadOnly", "Required", "reveal_type", "runtime_checkable", "Self", "Text",
    "TYPE_CHECKING", "TypeAlias", "TypeGuard", "TypeIs", "TypeAliasType", "Unpack"]

TYPE_CHECKING = False
Text = str


# ---- special forms

class _SpecialForm:
    """A name that means something to type checkers."""

    def __init__(self, name, doc, getitem=None):
        self._name = name
        self._getitem = getitem
        self.__doc__ = doc

    def __getattr__(self, name):
        if name in ("__name__", "__qualname__"):
            return self._name
        raise AttributeError(name)

    def __repr__(self):
        return "typing." + self._name

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __getitem__(self, parameters):
        if self._getitem is None:
            raise TypeError(f"{self} is not subscriptable")
        return self._getitem(self, parameters)


def _one_type(form, parameters):
    if isinstance(parameters, tuple):
        raise TypeError(f"{form} accepts only single type. Got {parameters!r:.100}.")
    return _FormAlias(form, (_checked_type(parameters),))


class _FormAlias(_GenericAlias):
    """A special form with its arguments."""

    def __init__(self, origin, args, **options):
        options.pop("name", None)
        super().__init__(origin, args, name=origin._name, inst=False)

    def _with(self, args):
        return self.__origin__[args if len(args) > 1 else args[0]]

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")


class _ConcatenateGenericAlias(_FormAlias):
    """`Concatenate[X, P]`"""


class _LiteralAlias(_FormAlias):
    """`Literal[1, "a"]`"""

    def _key(self):
        return {(value, type(value)) for value in self.__args__}

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, _LiteralAlias) else NotImplemented

    def __hash__(self):
        return hash(frozenset(self._key()))

    def __repr__(self):
        return f"typing.Literal[{', '.join(map(repr, self.__args__))}]"


def _literal(form, parameters):
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat, seen = [], []
    for value in parameters:
        for one in value.__args__ if isinstance(value, _LiteralAlias) else (value,):
            if (one, type(one)) not in seen:
                seen.append((one, type(one)))
                flat.append(one)
    alias = _LiteralAlias(form, tuple(flat))
    alias.__parameters__ = ()
    return alias


def _optional(form, parameter):
    if isinstance(parameter, tuple):
        raise TypeError(f"{form} requires a single type. Got {parameter!r:.100}.")
    return Union[_checked_type(parameter), None]


def _concatenate(form, parameters):
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    if not parameters:
        raise TypeError("Cannot take a Concatenate of no types.")
    if parameters[-1] is not ... and not isinstance(parameters[-1], ParamSpec):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    return _ConcatenateGenericAlias(form, (*map(_checked_type, parameters[:-1]), parameters[-1]))


def _unpack(form, parameter):
    return _UnpackAlias(form, (_checked_type(parameter),))


Optional = _SpecialForm("Optional", "Optional[X] is equivalent to Union[X, None].", _optional)
Literal = _SpecialForm("Literal", "Special typing form to define literal types.", _literal)
ClassVar = _SpecialForm("ClassVar", "Special type construct to mark class variables.", _one_type)
Final = _SpecialForm("Final", "Special typing construct to indicate final names to type checkers.", _one_type)
Required = _SpecialForm("Required", "Special typing construct to mark a TypedDict key as required.", _one_type)
NotRequired = _SpecialForm("NotRequired", "Special typing construct to mark a TypedDict key as potentially missing.",
                           _one_type)
ReadOnly = _SpecialForm("ReadOnly", "A special typing construct to mark an item of a TypedDict as read-only.", _one_type)
TypeGuard = _SpecialForm("TypeGuard", "Special typing construct for marking user-defined type predicate functions.",
                         _one_type)
TypeIs = _SpecialForm("TypeIs", "Special typing construct for marking user-defined type predicate functions.", _one_type)
Concatenate = _SpecialForm("Concatenate", "Special form for annotating higher-order functions.", _concatenate)
Unpack = _SpecialForm("Unpack", "Type unpack operator.", _unpack)
Self = _SpecialForm("Self", "Used to spell the type of \"self\" in classes.")
Never = _SpecialForm("Never", "The bottom type, a type that has no members.")
NoReturn = _SpecialForm("NoReturn", "Special type indicating functions that never return.")
LiteralString = _SpecialForm("LiteralString", "Represents an arbitrary literal string.")
TypeAlias = _SpecialForm("TypeAlias", "Special form for marking type aliases.")


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Special type indicating an unconstrained type."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


class _AnnotatedAlias(_GenericAlias):
    """`Annotated[type, metadata, …]`"""

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, (origin,), name="Annotated")
        self.__metadata__ = metadata

    def _with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {', '.join(map(repr, self.__metadata__))}]"

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __mro_entries__(self, bases):
        return (self.__origin__,)


def _annotated(form, parameters):
    if not isinstance(parameters, tuple) or len(parameters) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    return _AnnotatedAlias(_checked_type(parameters[0]), tuple(parameters[1:]))


Annotated = _SpecialForm("Annotated", "Add context-specific metadata to a type.", _annotated)


# ---- names of classes

class _NamedAlias(_BaseAlias):
    """`List` and its like: another name for a class, which takes so many type arguments."""

    def __init__(self, origin, count, *, name=None, inst=True):
        super().__init__(origin, inst=inst, name=name or origin.__name__)
        self._nparams = count
        self.__doc__ = f"A generic version of {origin.__module__}.{origin.__qualname__}."

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        parameters = tuple(_checked_type(one, "Parameters to generic types must be types.") for one in parameters)
        if self._nparams >= 0 and len(parameters) != self._nparams and not any(isinstance(one, _UnpackAlias)
                                                                                for one in parameters):
            if self._nparams == 0:
                raise TypeError(f"{self} is not a generic class")
            if not (self._name in ("Generator", "AsyncGenerator", "ContextManager", "AsyncContextManager")
                    and len(parameters) < self._nparams):
                many = "many" if len(parameters) > self._nparams else "few"
                raise TypeError(f"Too {many} arguments for {self}; actual {len(parameters)}, expected {self._nparams}")
            missing = bool | None if self._name.endswith("ContextManager") else type(None)
            parameters += (missing,) * (self._nparams - len(parameters))
        return _GenericAlias(self.__origin__, parameters, name=self._name, inst=self._inst)

    def __repr__(self):
        return "typing." + self._name

    def __reduce__(self):
        return self._name

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        if isinstance(cls, _BaseAlias):
            return issubclass(cls.__origin__, self.__origin__)
        return issubclass(cls, self.__origin__)


class _TupleAlias(_NamedAlias):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _GenericAlias(tuple, tuple(one if one is ... else _checked_type(one) for one in parameters), name="Tuple")


class _CallableAlias(_GenericAlias):
    """`Callable[[X, Y], Z]`: its arguments lie flat, the result last."""

    def _with(self, args):
        if len(args) == 2 and (args[0] is ... or isinstance(args[0], (ParamSpec, _ConcatenateGenericAlias))):
            return _CallableAlias(self.__origin__, args, name="Callable")
        if len(args) == 2 and isinstance(args[0], (list, tuple)):
            args = (*args[0], args[1])
        return _CallableAlias(self.__origin__, args, name="Callable")

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or isinstance(args[0], (ParamSpec, _ConcatenateGenericAlias))):
            return super().__repr__()
        return f"typing.Callable[[{', '.join(map(_type_repr, args[:-1]))}], {_type_repr(args[-1])}]"


class _CallableName(_NamedAlias):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple) or len(parameters) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        given, result = parameters
        result = _checked_type(result)
        if isinstance(given, (list, tuple)):
            return _CallableAlias(_abc.Callable, (*map(_checked_type, given), result), name="Callable")
        if given is ... or isinstance(given, (ParamSpec, _ConcatenateGenericAlias)):
            return _CallableAlias(_abc.Callable, (given, result), name="Callable")
        raise TypeError(f"Callable[args, result]: args must be a list. Got {given}")


Hashable = _NamedAlias(_abc.Hashable, 0)
Awaitable = _NamedAlias(_abc.Awaitable, 1)
Coroutine = _NamedAlias(_abc.Coroutine, 3)
AsyncIterable = _NamedAlias(_abc.AsyncIterable, 1)
AsyncIterator = _NamedAlias(_abc.AsyncIterator, 1)
AsyncGenerator = _NamedAlias(_abc.AsyncGenerator, 2)
Iterable = _NamedAlias(_abc.Iterable, 1)
Iterator = _NamedAlias(_abc.Iterator, 1)
Generator = _NamedAlias(_abc.Generator, 3)
Reversible = _NamedAlias(_abc.Reversible, 1)
Sized = _NamedAlias(_abc.Sized, 0)
Container = _NamedAlias(_abc.Container, 1)
Collection = _NamedAlias(_abc.Collection, 1)
AbstractSet = _NamedAlias(_abc.Set, 1, name="AbstractSet")
MutableSet = _NamedAlias(_abc.MutableSet, 1)
Mapping = _NamedAlias(_abc.Mapping, 2)
MutableMapping = _NamedAlias(_abc.MutableMapping, 2)
Sequence = _NamedAlias(_abc.Sequence, 1)
MutableSequence = _NamedAlias(_abc.MutableSequence, 1)
MappingView = _NamedAlias(_abc.MappingView, 1)
KeysView = _NamedAlias(_abc.KeysView, 1)
ItemsView = _NamedAlias(_abc.ItemsView, 2)
ValuesView = _NamedAlias(_abc.ValuesView, 1)
Callable = _CallableName(_abc.Callable, 2)
Tuple = _TupleAlias(tuple, -1, inst=False, name="Tuple")
List = _NamedAlias(list, 1, inst=False, name="List")
Set = _NamedAlias(set, 1, inst=False, name="Set")
FrozenSet = _NamedAlias(frozenset, 1, inst=False, name="FrozenSet")
Dict = _NamedAlias(dict, 2, inst=False, name="Dict")
Type = _NamedAlias(type, 1, inst=False, name="Type")


class _ByteString(_NamedAlias):
    def __init__(self, origin, nparams):
        super().__init__(origin, nparams)
        self.__doc__ = "Deprecated alias to collections.abc.ByteString."

    def __instancecheck__(self, obj):
        self._warn()
        return isinstance(obj, self.__origin__)

    def __mro_entries__(self, bases):
        self._warn()
        return super().__mro_entries__(bases)

    def _warn(self):
        import warnings
        message = "'typing.ByteString' is deprecated and slated for removal in Python 3.17"
        warnings.warn(message, DeprecationWarning, stacklevel=3)


def __getattr__(name):
    """Names of classes from modules that are not imported for their sake alone, and of what is rarely asked for."""
    if name in ("Deque", "DefaultDict", "OrderedDict", "Counter", "ChainMap"):
        import collections
        origin = getattr(collections, name if name in ("OrderedDict", "Counter", "ChainMap") else name.lower())
        made = _NamedAlias(origin, 1 if name in ("Deque", "Counter") else 2, name=name)
    elif name in ("ContextManager", "AsyncContextManager"):
        import contextlib
        made = _NamedAlias(getattr(contextlib, "Abstract" + name), 2, name=name)
    elif name == "ByteString":
        made = _ByteString(_abc.ByteString, 0)
    elif name in ("Pattern", "Match"):
        import re
        made = _NamedAlias(getattr(re, name), 1)
    elif name == "ForwardRef":
        from annotationlib import ForwardRef as made
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = made
    return made


KT = TypeVar("KT")
VT = TypeVar("VT")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
AnyStr = TypeVar("AnyStr", bytes, str)


# ---- protocols

_NO_MEMBERS = frozenset([
    "__abstractmethods__", "__annotations__", "__annotations_cache__", "__annotate__", "__annotate_func__", "__dict__",
    "__doc__", "__init__", "__module__", "__new__", "__slots__", "__subclasshook__", "__weakref__", "__class_getitem__",
    "__match_args__", "__static_attributes__", "__firstlineno__", "__parameters__", "__orig_bases__", "__type_params__",
    "__protocol_attrs__", "__init_subclass__", "__conditional_annotations__", "__classdictcell__", "_is_protocol",
    "_is_runtime_protocol", "_abc_impl", "__non_callable_proto_members__", "__qualname__"])


def _protocol_members(cls):
    members = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ("Protocol", "Generic") and base.__module__ == "typing":
            continue
        annotated = getattr(base, "__annotations__", {}) if "__annotate_func__" in base.__dict__ else {}
        members.update(name for name in [*base.__dict__, *annotated] if name not in _NO_MEMBERS)
    return members


def _has_member(obj, name):
    try:
        import inspect as _inspect
        _inspect.getattr_static(obj, name)
        return True
    except ImportError:
        return hasattr(obj, name)
    except AttributeError:
        return False


class _ProtocolMeta(_ABCMeta):
    """The metaclass of protocols: they count as subclasses what has their members."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if not (name == "Protocol" and bases == (Generic,)):
            for base in bases:
                if base not in (object, Generic) and Protocol in bases and not getattr(base, "_is_protocol", False) and not (
                        base.__module__ in ("collections.abc", "contextlib")):
                    raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __subclasscheck__(cls, other):
        if cls is Protocol:
            return type.__subclasscheck__(cls, other)
        if getattr(cls, "_is_protocol", False) and "_is_protocol" in cls.__dict__:
            if not isinstance(other, type):
                raise TypeError("issubclass() arg 1 must be a class")
            if not getattr(cls, "_is_runtime_protocol", False):
                raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
            plain = sorted(name for name in cls.__protocol_attrs__ if not callable(getattr(cls, name, None)))
            if plain:
                raise TypeError("Protocols with non-method members don't support issubclass(). "
                                f"Non-method members: {str(plain)[1:-1]}.")
        return super().__subclasscheck__(other)

    def __instancecheck__(cls, instance):
        if cls is Protocol:
            return type.__instancecheck__(cls, instance)
        if not getattr(cls, "_is_protocol", False):
            return super().__instancecheck__(instance)
        if not getattr(cls, "_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if cls in type(instance).__mro__ or any(issubclass(type(instance), one) for one in cls._abc_registry()):
            return True
        for name in cls.__protocol_attrs__:
            try:
                value = getattr(instance, name)
            except AttributeError:
                return False
            if value is None and callable(getattr(cls, name, None)):
                return False
        return True


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class for protocol classes: classes that describe which members an object has."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if cls._is_protocol:
            cls.__protocol_attrs__ = _protocol_members(cls)
            if "__subclasshook__" not in cls.__dict__:
                cls.__subclasshook__ = classmethod(_protocol_hook)
            if cls.__init__ is Protocol.__init__:
                cls.__init__ = _no_init


def _protocol_hook(cls, other):
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    for name in cls.__protocol_attrs__:
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            if getattr(base, "_is_protocol", False) and name in getattr(base, "__annotations__", {}):
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
    if not (isinstance(cls, type) and issubclass(cls, Generic) and getattr(cls, "_is_protocol", False)):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
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


from _typing_files import BinaryIO, IO, TextIO


# ---- named tuples, typed dicts, new types

def _namespace_annotations(namespace):
    """The annotations of a class that is being made."""
    if "__annotations__" in namespace:
        return namespace["__annotations__"]
    annotate = namespace.get("__annotate__") or namespace.get("__annotate_func__")
    if annotate is None:
        return {}
    try:
        return annotate(1)
    except NameError:
        from annotationlib import Format, call_annotate_function
        return call_annotate_function(annotate, Format.FORWARDREF)


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        from collections import namedtuple
        types = {field: _checked_type(one, f"field {field} annotation must be a type")
                 for field, one in _namespace_annotations(namespace).items()}
        defaults = []
        for field in types:
            if field in namespace:
                defaults.append(field)
            elif defaults:
                raise TypeError(f"Non-default namedtuple field {field} cannot follow default field"
                                f"{'s' if len(defaults) > 1 else ''} {', '.join(defaults)}")
        made = namedtuple(name, types, defaults=[namespace[field] for field in defaults], module=namespace["__module__"])
        made.__bases__ = tuple(tuple if base is _NamedTuple else base for base in bases) if Generic in bases else made.__bases__
        made.__annotations__ = types
        made.__new__.__annotations__ = dict(types)
        for key, value in namespace.items():
            if key in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make",
                       "_replace", "_asdict"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key in ("__module__", "__name__", "__qualname__", "__annotations__", "__annotate_func__", "__annotate__") or (
                    key in types):
                if key == "__qualname__":
                    made.__qualname__ = value
                continue
            setattr(made, key, value)
            if hasattr(type(value), "__set_name__"):
                type(value).__set_name__(value, made, key)
        if Generic in bases:
            made.__init_subclass__()
        return made


class _NamedTuple(metaclass=type):
    """Stands among the bases while a named tuple is made."""


def NamedTuple(typename, fields=None, /):
    """Typed version of namedtuple.

    Usage::

        class Employee(NamedTuple):
            name: str
            id: int
    """
    from collections import namedtuple
    fields = [(name, _checked_type(one, f"field {name} annotation must be a type")) for name, one in fields or ()]
    made = namedtuple(typename, [name for name, _ in fields], module=_sys._getframe(1).f_globals.get("__name__"))
    made.__annotations__ = dict(fields)
    made.__new__.__annotations__ = dict(fields)
    made.__orig_bases__ = (NamedTuple,)
    return made


_NamedTupleBase = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTupleBase,)
_NamedTuple = _NamedTupleBase


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        plain = (Generic, dict) if Generic in bases else (dict,)
        own = {field: _checked_type(one, "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type")
               for field, one in _namespace_annotations(namespace).items()}
        for key in ("__annotate_func__", "__annotate__", "__annotations__"):
            namespace.pop(key, None)
        made = type.__new__(_TypedDictMeta, name, plain, namespace)
        if "__orig_bases__" not in namespace:
            made.__orig_bases__ = bases
        fields, required, optional, readonly, mutable = {}, set(), set(), set(), set()
        for base in bases:
            fields.update(base.__dict__.get("__annotations__", {}))
            required |= base.__dict__.get("__required_keys__", set())
            optional |= base.__dict__.get("__optional_keys__", set())
            readonly |= base.__dict__.get("__readonly_keys__", set())
            mutable |= base.__dict__.get("__mutable_keys__", set())
        for field, one in own.items():
            qualifiers = _qualifiers(one)
            needed = Required in qualifiers or total and NotRequired not in qualifiers
            (required if needed else optional).add(field)
            (optional if needed else required).discard(field)
            (readonly if ReadOnly in qualifiers else mutable).add(field)
        made.__annotations__ = {**fields, **own}
        made.__required_keys__, made.__optional_keys__ = frozenset(required), frozenset(optional)
        made.__readonly_keys__, made.__mutable_keys__ = frozenset(readonly), frozenset(mutable)
        made.__total__ = total
        return made

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def _qualifiers(annotation):
    found = []
    while True:
        origin = getattr(annotation, "__origin__", None)
        if isinstance(annotation, _AnnotatedAlias):
            annotation = origin
        elif origin in (Required, NotRequired, ReadOnly):
            found.append(origin)
            annotation = annotation.__args__[0]
        else:
            return found


def TypedDict(typename, fields, /, *, total=True):
    """A simple typed namespace. At runtime it is equivalent to a plain dict.

    Usage::

        class Point2D(TypedDict):
            x: int
            y: int
    """
    namespace = {"__annotations__": dict(fields), "__module__": _sys._getframe(1).f_globals.get("__name__")}
    made = _TypedDictMeta(typename, (), namespace, total=total)
    made.__orig_bases__ = (TypedDict,)
    return made


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(tp):
    """Check if an annotation is a TypedDict class"""
    return isinstance(tp, _TypedDictMeta) and tp is not _TypedDict


class NewType:
    """Creates simple unique types with almost zero runtime overhead: calling one returns its argument."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[2]
        self.__supertype__ = tp
        self.__module__ = _sys._getframe(1).f_globals.get("__name__")

    def __call__(self, x, /):
        return x

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __reduce__(self):
        return self.__qualname__

    def __mro_entries__(self, bases):
        name = self.__name__

        class Dummy:
            def __init_subclass__(cls):
                raise TypeError("Cannot subclass an instance of NewType. Perhaps you were looking for: "
                                f"`{cls.__name__} = NewType({cls.__name__!r}, {name})`")
        return (Dummy,)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


# ---- functions

def cast(typ, val):
    """Cast a value to a type: returns the value unchanged."""
    return val


def assert_type(val, typ, /):
    """Ask a static type checker to confirm that the value is of the given type."""
    return val


def reveal_type(obj, /):
    """Ask a static type checker to reveal the inferred type of an expression."""
    print(f"Runtime type is {type(obj).__name__!r}", file=_sys.stderr)
    return obj


def assert_never(arg, /):
    """Statically assert that a line of code is unreachable."""
    value = repr(arg)
    if len(value) > 100:
        value = value[:100] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {value}")


def final(f):
    """Decorator to indicate final methods and final classes."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def override(method, /):
    """Indicate that a method is intended to override a method in a base class."""
    try:
        method.__override__ = True
    except (AttributeError, TypeError):
        pass
    return method


def no_type_check(arg):
    """Decorator to indicate that annotations are not type hints."""
    if isinstance(arg, type):
        for value in vars(arg).values():
            if isinstance(value, (classmethod, staticmethod)):
                value = value.__func__
            if getattr(value, "__qualname__", "").startswith(arg.__qualname__ + "."):
                no_type_check(value)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def no_type_check_decorator(decorator):
    """Decorator to give another decorator the @no_type_check effect."""
    def wrapped(*args, **kwargs):
        return no_type_check(decorator(*args, **kwargs))
    return wrapped


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, frozen_default=False,
                        field_specifiers=(), **kwargs):
    """Decorator to mark an object as providing dataclass-like behaviour."""
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default, "order_default": order_default, "kw_only_default": kw_only_default,
            "frozen_default": frozen_default, "field_specifiers": field_specifiers, "kwargs": kwargs}
        return cls_or_fn
    return decorator


_overloads = {}


def _not_callable_overload(*args, **kwds):
    raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated functions "
                              "outside a stub module should always be followed by an implementation that is not "
                              "@overload-ed.")


def overload(func):
    """Decorator for overloaded functions: describes one way of calling a function."""
    inner = getattr(func, "__func__", func)
    try:
        _overloads.setdefault((inner.__module__, inner.__qualname__), {})[inner.__code__.co_firstlineno] = func
    except AttributeError:
        pass
    return _not_callable_overload


def get_overloads(func):
    """Return all defined overloads for func as a sequence."""
    inner = getattr(func, "__func__", func)
    return list(_overloads.get((inner.__module__, inner.__qualname__), {}).values())


def clear_overloads():
    """Clear all overloads in the registry."""
    _overloads.clear()


def get_origin(tp):
    """The unsubscripted version of a type, or None."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_BaseAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return Union if isinstance(tp, Union) else None


def get_args(tp):
    """The type arguments with all substitutions performed."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, (_GenericAlias, GenericAlias)):
        args = tp.__args__
        if tp.__origin__ is _abc.Callable and not (
                len(args) == 2 and (args[0] is ... or isinstance(args[0], (ParamSpec, _ConcatenateGenericAlias)))):
            return list(args[:-1]), args[-1]
        return args
    return tp.__args__ if isinstance(tp, Union) else ()


def evaluate_forward_ref(forward_ref, *, owner=None, globals=None, locals=None, type_params=None, format=None):
    """Evaluate a forward reference as a type hint."""
    return _evaluated(forward_ref, globals, locals, type_params or (), owner)


def _evaluated(value, globals, locals, type_params=(), owner=None):
    """A hint with all references in it evaluated."""
    if value is None:
        return type(None)
    if isinstance(value, str):
        value = _checked_type(value)
    if type(value).__name__ == "ForwardRef" and type(value).__module__ == "annotationlib":
        found = value.evaluate(globals=globals, locals=locals, type_params=type_params, owner=owner)
        return _evaluated(found, globals, locals, type_params, owner)
    if isinstance(value, (_GenericAlias, GenericAlias, Union)) and not isinstance(value, _LiteralAlias):
        args = tuple(one if one is ... else [_evaluated(each, globals, locals, type_params, owner) for each in one]
                     if isinstance(one, list) else _evaluated(one, globals, locals, type_params, owner)
                     if isinstance(one, (str, _GenericAlias, GenericAlias, Union)) or type(one).__name__ == "ForwardRef"
                     else one for one in value.__args__)
        if args == value.__args__ and all(a is b for a, b in zip(args, value.__args__)):
            return value
        if isinstance(value, Union):
            return Union[args]
        if isinstance(value, GenericAlias):
            if value.__origin__ is _abc.Callable:
                return _abc.Callable[list(args[:-1]), args[-1]]
            return GenericAlias(value.__origin__, args)
        return value._with(args)
    return value


def get_type_hints(obj, globalns=None, localns=None, include_extras=False, *, format=None):
    """Return type hints for an object, with references in them evaluated."""
    if getattr(obj, "__no_type_check__", None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            globals = globalns if globalns is not None else getattr(_sys.modules.get(base.__module__), "__dict__", {})
            locals = localns if localns is not None else dict(vars(base))
            for name, value in (base.__dict__.get("__annotations__") or _annotations_of(base)).items():
                hints[name] = _evaluated(value, globals, locals, base.__type_params__)
    else:
        annotations = getattr(obj, "__annotations__", None)
        if annotations is None:
            if callable(obj):
                return {}
            raise TypeError(f"{obj!r} is not a module, class, method, or function.")
        function = obj
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        globals = globalns if globalns is not None else (
            vars(obj) if isinstance(obj, type(_sys)) else getattr(function, "__globals__", {}))
        locals = globals if localns is None else localns
        for name, value in dict(annotations).items():
            hints[name] = _evaluated(value, globals, locals, getattr(obj, "__type_params__", ()))
    return hints if include_extras else {name: _without_extras(value) for name, value in hints.items()}


def _annotations_of(cls):
    try:
        return cls.__annotations__ if cls.__flags__ & 512 else {}
    except AttributeError:
        return {}


def _without_extras(value):
    if isinstance(value, _AnnotatedAlias):
        return _without_extras(value.__origin__)
    if getattr(value, "__origin__", None) in (Required, NotRequired, ReadOnly) and isinstance(value, _FormAlias):
        return _without_extras(value.__args__[0])
    if isinstance(value, (_GenericAlias, GenericAlias, Union)) and not isinstance(value, _LiteralAlias):
        args = tuple(map(_without_extras, value.__args__))
        if all(a is b for a, b in zip(args, value.__args__)):
            return value
        if isinstance(value, Union):
            return Union[args]
        return GenericAlias(value.__origin__, args) if isinstance(value, GenericAlias) else value._with(args)
    return value
