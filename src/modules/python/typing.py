"""Names for types: what annotations are written with. Almost none of it does anything when a program runs."""

import collections.abc as _abc
import sys as _sys
from _generic import (Generic, _BaseAlias, _checked_type, _collect_parameters, _generic_of, _GenericAlias, _is_param_expr,
                      _remembered, _type_repr, _unpacked, _UnpackGenericAlias)
from _typing import (GenericAlias, NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple,
                     Union)

__all__ = [
    "Annotated", "Any", "Callable", "ClassVar", "Concatenate", "Final", "ForwardRef", "Generic", "Literal", "Optional",
    "ParamSpec", "Protocol", "Tuple", "Type", "TypeVar", "TypeVarTuple", "Union", "AbstractSet", "ByteString", "Container",
    "ContextManager", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView", "Mapping", "MappingView",
    "MutableMapping", "MutableSequence", "MutableSet", "Sequence", "Sized", "ValuesView", "Awaitable", "AsyncIterator",
    "AsyncIterable", "Coroutine", "Collection", "AsyncGenerator", "AsyncContextManager", "Reversible", "SupportsAbs",
    "SupportsBytes", "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt", "SupportsRound", "ChainMap",
    "Counter", "Deque", "Dict", "DefaultDict", "List", "OrderedDict", "Set", "FrozenSet", "NamedTuple", "TypedDict",
    "Generator", "BinaryIO", "IO", "Match", "Pattern", "TextIO", "AnyStr", "assert_type", "assert_never", "cast",
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

    def __init_subclass__(cls, /, *args, **kwargs):
        if cls.__module__ != "typing":
            raise TypeError("Cannot subclass special typing classes")

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

    @_remembered
    def __getitem__(self, parameters):
        if self._getitem is None:
            raise TypeError(f"{self} is not subscriptable")
        return self._getitem(self, parameters)

    # What has `__getitem__` could be walked through otherwise.
    __iter__ = None


class _TypedCacheSpecialForm(_SpecialForm):
    """A form whose arguments are values: `Literal[1]` is not `Literal[True]`."""

    def __getitem__(self, parameters):
        return self.__subscript(*parameters) if isinstance(parameters, tuple) else self.__subscript(parameters)

    def __subscript(self, *parameters):
        return self._getitem(self, parameters)

    __subscript = _remembered(__subscript, typed=True)


def _one_type(form, parameters):
    if isinstance(parameters, tuple):
        shown = f"{form._name} accepts only a" if form in (Required, NotRequired, ReadOnly) else f"{form} accepts only"
        raise TypeError(f"{shown} single type. Got {parameters!r:.100}.")
    return _FormAlias(form, (_checked_type(parameters, special=form not in (TypeGuard, TypeIs)),))


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

    def _with(self, args):
        last = args[-1]
        if isinstance(last, (list, tuple)):
            return (*args[:-1], *last)
        if isinstance(last, _ConcatenateGenericAlias):
            args = (*args[:-1], *last.__args__)
        return _ConcatenateGenericAlias(self.__origin__, args)


class _LiteralGenericAlias(_FormAlias):
    """`Literal[1, "a"]`"""

    def _key(self):
        return {(value, type(value)) for value in self.__args__}

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, _LiteralGenericAlias) else NotImplemented

    def __hash__(self):
        return hash(frozenset(self._key()))

    def __repr__(self):
        return f"typing.Literal[{', '.join(map(_type_repr, self.__args__)) or '()'}]"


def _literal(form, parameters):
    flat, seen = [], []
    for value in parameters:
        for one in value.__args__ if isinstance(value, _LiteralGenericAlias) else (value,):
            if (one, type(one)) not in seen:
                seen.append((one, type(one)))
                flat.append(one)
    alias = _LiteralGenericAlias(form, tuple(flat))
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
    if isinstance(parameter, tuple):
        raise TypeError(f"{form} accepts only single type. Got {parameter!r:.100}.")
    return _unpacked(_checked_type(parameter))


Optional = _SpecialForm("Optional", "Optional[X] is equivalent to Union[X, None].", _optional)
Literal = _TypedCacheSpecialForm("Literal", "Special typing form to define literal types.", _literal)
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

    def _item(self):
        return self.__origin__, *self.__metadata__

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

    __iter__ = None


def _annotated(form, parameters):
    if len(parameters) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    if isinstance(parameters[0], _UnpackGenericAlias) and isinstance(parameters[0].__args__[0], TypeVarTuple):
        raise TypeError("Annotated[...] should not be used with an unpacked TypeVarTuple")
    return _AnnotatedAlias(_checked_type(parameters[0], special=True), tuple(parameters[1:]))


Annotated = _TypedCacheSpecialForm("Annotated", "Add context-specific metadata to a type.", _annotated)


# ---- names of classes

class _SpecialGenericAlias(_BaseAlias):
    """`List` and its like: another name for a class, which takes so many type arguments."""

    def __init__(self, origin, count, *, name=None, inst=True):
        super().__init__(origin, inst=inst, name=name or origin.__name__)
        self._nparams = count
        self.__doc__ = f"A generic version of {origin.__module__}.{origin.__qualname__}."

    __iter__ = None

    @_remembered
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        parameters = tuple(_checked_type(one, "Parameters to generic types must be types.") for one in parameters)
        if self._nparams >= 0 and len(parameters) != self._nparams:
            if self._nparams == 0:
                raise TypeError(f"{self} is not a generic class")
            least = self._name in ("Generator", "AsyncGenerator", "ContextManager", "AsyncContextManager")
            if not (least and 0 < len(parameters) < self._nparams):
                many = "many" if len(parameters) > self._nparams else "few"
                raise TypeError(f"Too {many} arguments for {self}; actual {len(parameters)}, "
                                f"expected {'at least 1' if least else self._nparams}")
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
        if isinstance(cls, _GenericAlias):
            return super().__subclasscheck__(cls)
        return issubclass(cls.__origin__ if isinstance(cls, _SpecialGenericAlias) else cls, self.__origin__)


class _TupleType(_SpecialGenericAlias):
    @_remembered
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _GenericAlias(tuple, tuple(one if one is ... else _checked_type(one) for one in parameters), name="Tuple",
                             inst=False)


class _CallableGenericAlias(_GenericAlias):
    """`Callable[[X, Y], Z]`: its arguments lie flat, the result last."""

    def _with(self, args):
        if len(args) == 2 and (args[0] is ... or isinstance(args[0], (ParamSpec, _ConcatenateGenericAlias))):
            return _CallableGenericAlias(self.__origin__, args, name="Callable")
        if len(args) == 2 and isinstance(args[0], (list, tuple)):
            args = (*args[0], args[1])
        return _CallableGenericAlias(self.__origin__, args, name="Callable")

    __iter__ = None

    def _item(self):
        args = self.__args__
        return args if len(args) == 2 and _is_param_expr(args[0]) else (list(args[:-1]), args[-1])

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or isinstance(args[0], (ParamSpec, _ConcatenateGenericAlias))):
            return super().__repr__()
        return f"typing.Callable[[{', '.join(map(_type_repr, args[:-1]))}], {_type_repr(args[-1])}]"


class _CallableType(_SpecialGenericAlias):
    @_remembered
    def __subscript(self, given, result):
        result = _checked_type(result, "Callable[args, result]: result must be a type.")
        if given is ... or isinstance(given, (ParamSpec, _ConcatenateGenericAlias)):
            return _CallableGenericAlias(_abc.Callable, (given, result), name="Callable")
        given = given if isinstance(given, tuple) else (given,)
        given = (_checked_type(one) if one is None or isinstance(one, str) else one for one in given)
        return _CallableGenericAlias(_abc.Callable, (*given, result), name="Callable")

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple) or len(parameters) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        given, result = parameters
        return self.__subscript(tuple(given) if isinstance(given, list) else given, result)


Hashable = _SpecialGenericAlias(_abc.Hashable, 0)
Awaitable = _SpecialGenericAlias(_abc.Awaitable, 1)
Coroutine = _SpecialGenericAlias(_abc.Coroutine, 3)
AsyncIterable = _SpecialGenericAlias(_abc.AsyncIterable, 1)
AsyncIterator = _SpecialGenericAlias(_abc.AsyncIterator, 1)
AsyncGenerator = _SpecialGenericAlias(_abc.AsyncGenerator, 2)
Iterable = _SpecialGenericAlias(_abc.Iterable, 1)
Iterator = _SpecialGenericAlias(_abc.Iterator, 1)
Generator = _SpecialGenericAlias(_abc.Generator, 3)
Reversible = _SpecialGenericAlias(_abc.Reversible, 1)
Sized = _SpecialGenericAlias(_abc.Sized, 0)
Container = _SpecialGenericAlias(_abc.Container, 1)
Collection = _SpecialGenericAlias(_abc.Collection, 1)
AbstractSet = _SpecialGenericAlias(_abc.Set, 1, name="AbstractSet")
MutableSet = _SpecialGenericAlias(_abc.MutableSet, 1)
Mapping = _SpecialGenericAlias(_abc.Mapping, 2)
MutableMapping = _SpecialGenericAlias(_abc.MutableMapping, 2)
Sequence = _SpecialGenericAlias(_abc.Sequence, 1)
MutableSequence = _SpecialGenericAlias(_abc.MutableSequence, 1)
MappingView = _SpecialGenericAlias(_abc.MappingView, 1)
KeysView = _SpecialGenericAlias(_abc.KeysView, 1)
ItemsView = _SpecialGenericAlias(_abc.ItemsView, 2)
ValuesView = _SpecialGenericAlias(_abc.ValuesView, 1)
Callable = _CallableType(_abc.Callable, 2)
Tuple = _TupleType(tuple, -1, inst=False, name="Tuple")
List = _SpecialGenericAlias(list, 1, inst=False, name="List")
Set = _SpecialGenericAlias(set, 1, inst=False, name="Set")
FrozenSet = _SpecialGenericAlias(frozenset, 1, inst=False, name="FrozenSet")
Dict = _SpecialGenericAlias(dict, 2, inst=False, name="Dict")
Type = _SpecialGenericAlias(type, 1, inst=False, name="Type")


class _ByteString(_SpecialGenericAlias):
    def __init__(self, origin, nparams):
        super().__init__(origin, nparams)
        self.__doc__ = "Deprecated alias to collections.abc.ByteString."

    def __instancecheck__(self, obj):
        # Whoever inherits from it is warned by the class itself.
        import warnings
        message = "'typing.ByteString' is deprecated and slated for removal in Python 3.17"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return issubclass(type(obj), self.__origin__)


# Where names live that not every program wants.
_ELSEWHERE = {
    "ForwardRef": "annotationlib",
    **dict.fromkeys(("IO", "BinaryIO", "TextIO"), "_typing_files"),
    **dict.fromkeys(("Protocol", "runtime_checkable", "is_protocol", "get_protocol_members", "SupportsInt", "SupportsFloat",
                     "SupportsComplex", "SupportsBytes", "SupportsIndex", "SupportsAbs", "SupportsRound"), "_typing_protocols"),
    **dict.fromkeys(("NamedTuple", "TypedDict", "is_typeddict"), "_typing_records"),
    **dict.fromkeys(("get_type_hints", "evaluate_forward_ref", "no_type_check", "no_type_check_decorator"), "_typing_hints"),
}


def __dir__():
    return sorted({*globals(), *__all__})


def __getattr__(name):
    """Names of classes from modules that are not imported for their sake alone, and of what is rarely asked for."""
    if name in ("Deque", "DefaultDict", "OrderedDict", "Counter", "ChainMap"):
        import collections
        origin = getattr(collections, name if name in ("OrderedDict", "Counter", "ChainMap") else name.lower())
        made = _SpecialGenericAlias(origin, 1 if name in ("Deque", "Counter") else 2, name=name)
    elif name in ("ContextManager", "AsyncContextManager"):
        import contextlib
        made = _SpecialGenericAlias(getattr(contextlib, "Abstract" + name), 2, name=name)
    elif name == "ByteString":
        made = _ByteString(_abc.ByteString, 0)
    elif name in ("Pattern", "Match"):
        import re
        made = _SpecialGenericAlias(getattr(re, name), 1)
    elif name in _ELSEWHERE:
        made = getattr(__import__(_ELSEWHERE[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = made
    return made


KT = TypeVar("KT")
VT = TypeVar("VT")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
AnyStr = TypeVar("AnyStr", bytes, str)


# ---- new types

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
