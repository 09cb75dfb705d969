"""Generic classes and what type parameters need of `typing`: imported when the first generic class is made."""

from _functools import _lru_cache_wrapper
from _typing import (GenericAlias, NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple,
                     Union)


def _type_repr(obj):
    """How a type is shown within another."""
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        return obj.__qualname__ if obj.__module__ == "builtins" else f"{obj.__module__}.{obj.__qualname__}"
    if obj is ...:
        return "..."
    if isinstance(obj, (tuple, list)):
        return "[" + ", ".join(_type_repr(one) for one in obj) + "]"
    if type(obj).__name__ in ("function", "builtin_function_or_method"):
        return obj.__name__
    return repr(obj)


def _checked_type(arg, message="Bound must be a type.", *, module=None, owner=None, special=False):
    """What stands for a type: None for its class, text for a reference to one that is defined later.

    With `special`, what only annotations as a whole say (`ClassVar`, `Final`) may stand there as well.
    """
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        from annotationlib import ForwardRef
        reference = ForwardRef(arg, module=module, owner=owner)
        # What is no expression is refused here already.
        reference.__forward_code__
        return reference
    if type(arg) is tuple:
        raise TypeError(f"{message} Got {arg!r:.100}.")
    kind = type(arg).__name__
    if kind.endswith("SpecialForm") and type(arg).__module__ == "typing":
        if arg._name not in _PLAIN and not (special and arg._name in _WHOLE):
            raise TypeError(f"Plain {arg} is not valid as type argument")
    elif arg is Generic or _is_protocol_itself(arg):
        raise TypeError(f"Plain {arg} is not valid as type argument")
    elif isinstance(arg, _GenericAlias):
        origin = arg.__origin__
        if origin is Generic or _is_protocol_itself(origin) or (
                not special and kind == "_FormAlias" and origin._name in _WHOLE):
            raise TypeError(f"{arg} is not valid as type argument")
    return arg


# Special forms that are types without arguments, and those that say something of a whole annotation.
_PLAIN = frozenset(["Any", "LiteralString", "NoReturn", "Never", "Self", "TypeAlias"])
_WHOLE = frozenset(["ClassVar", "Final"])


def _is_protocol_itself(arg):
    return isinstance(arg, type) and arg.__name__ == "Protocol" and arg.__module__ == "typing"


def _remembered(function, typed=False):
    """What subscription makes, made once for the same types; what cannot be hashed is made anew each time."""
    lookup = _lru_cache_wrapper(function, 128, typed, None)

    def subscript(*args):
        try:
            return lookup(*args)
        except TypeError:
            pass
        return function(*args)

    subscript.__name__, subscript.__qualname__ = function.__name__, function.__qualname__
    return subscript


# ---- parameters and what takes their place

@_remembered
def _unpacked(alias):
    return _UnpackGenericAlias(None, (alias,))


def _unpacked_parameters(parameters):
    return tuple(_unpacked(one) if isinstance(one, TypeVarTuple) else one for one in parameters)


def _collect_parameters(args, ordered=False):
    """The type parameters among types, each once, in the order in which they come.

    With `ordered`, those with a default have to come last.
    """
    found = []
    for arg in args:
        if isinstance(arg, type) and not isinstance(arg, GenericAlias):
            continue
        if hasattr(type(arg), "__typing_subst__"):
            several = (arg,)
        elif isinstance(arg, (tuple, list)):
            several = _collect_parameters(arg)
        else:
            several = getattr(arg, "__parameters__", ())
        found.extend(one for one in several if one not in found)
    if ordered:
        _check_order(found)
    return tuple(found)


def _check_order(parameters):
    packed = default = False
    for one in parameters:
        if isinstance(one, TypeVarTuple):
            packed = True
        elif one.has_default():
            if packed:
                raise TypeError("Type parameter with a default follows TypeVarTuple")
            default = True
        elif default:
            raise TypeError(f"Type parameter {one!r} without a default follows type parameter with a default")


def _too(many, alias, actual, expected):
    least = "at least " if many == "few" and not isinstance(alias, GenericAlias) else ""
    return TypeError(f"Too {many} arguments for {alias}; actual {actual}, expected {least}{expected}")


def _assigned(alias, parameters, given):
    """Which type takes the place of each parameter; a tuple of them for a TypeVarTuple, a list for a ParamSpec."""
    if not isinstance(given, tuple):
        given = (given,)
    if not parameters:
        raise TypeError(f"{alias} is not a generic class")
    if len(parameters) == 1 and isinstance(parameters[0], ParamSpec) and given and not _is_param_expr(given[0]):
        given = (list(given),)
    packed = [at for at, one in enumerate(parameters) if isinstance(one, TypeVarTuple)]
    if len(packed) > 1:
        raise TypeError(f"More than one TypeVarTuple parameter in {alias}")
    given = _flattened(given)
    if packed:
        for one in parameters[len(given):packed[0]]:
            given += (one.__default__,) if one.has_default() else ()
        given = _packed(alias, given, parameters, packed[0])
    if len(given) > len(parameters):
        raise _too("many", alias, len(given), len(parameters))
    elif len(given) < len(parameters):
        missing = [one for one in parameters[len(given):] if not one.has_default()]
        if missing and isinstance(missing[0], ParamSpec):
            raise TypeError(f"Too few arguments for {alias}")
        if missing:
            raise _too("few", alias, len(given), sum(not one.has_default() for one in parameters))
        given += tuple(one.__default__ for one in parameters[len(given):])
    if isinstance(alias, type) and not isinstance(alias, GenericAlias):
        # A class takes what it is given.
        return {one: tuple(new) if isinstance(new, list) else new for one, new in zip(parameters, given)}
    return {one: new if isinstance(one, TypeVarTuple) else _substitute(one, new)
            for one, new in zip(parameters, given)}


def _unpacked_types(arg):
    """The types of a tuple type that is unpacked, None for all else."""
    if isinstance(arg, GenericAlias):
        return arg.__args__ if arg.__unpacked__ and arg.__origin__ is tuple else None
    return None if isinstance(arg, type) else getattr(arg, "__typing_unpacked_tuple_args__", None)


def _flattened(given):
    """Types with those of unpacked tuples of known length in their place."""
    flat = []
    for one in given:
        types = _unpacked_types(one)
        if types is None or types and types[-1] is ...:
            flat.append(one)
        else:
            flat.extend(types)
    return tuple(flat)


def _packed(alias, given, parameters, before):
    """Types for parameters, of which so many stand before the TypeVarTuple: those for this one as a tuple."""
    endless = [at for at, one in enumerate(given) if (_unpacked_types(one) or (None,))[-1] is ...]
    if len(endless) > 1:
        raise TypeError("More than one unpacked arbitrary-length tuple argument")
    after = len(parameters) - before - 1
    left, right, fill = before, after, None
    if endless:
        # It serves parameters for which there is no other type: those after fewer than it could, as in CPython.
        fill = _unpacked_types(given[endless[0]])[0]
        left, right = min(before, endless[0]), min(after, len(given) - endless[0] - 1)
    elif before + after > len(given):
        raise TypeError(f"Too few arguments for {alias}; actual {len(given)}, expected at least {before + after}")
    end = len(given) - right
    several = given[left:end]
    if not several and parameters[before].has_default():
        several = _flattened((parameters[before].__default__,))
    return (*given[:left], *[fill] * (before - left), several, *[fill] * (after - right - left), *given[end:])


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec)) or type(arg).__name__ == "_ConcatenateGenericAlias"


def _replaced(args, assigned, flat):
    """The arguments of an alias with parameters replaced; `flat`: those of a callable, whose parameters lie in it."""
    new = []
    for arg in args:
        if isinstance(arg, (TypeVar, ParamSpec)):
            value = assigned.get(arg, arg)
            if isinstance(arg, ParamSpec) and isinstance(value, tuple) and flat:
                new.extend(value)
            else:
                new.append(value)
        elif isinstance(arg, TypeVarTuple) and arg in assigned:
            _substitute(arg, assigned[arg])
        elif isinstance(arg, _UnpackGenericAlias) and arg.__args__[0] in assigned:
            value = assigned[arg.__args__[0]]
            new.extend(value if isinstance(value, tuple) else (value,))
        elif isinstance(arg, (tuple, list)):
            new.append(type(arg)(_replaced(arg, assigned, False)))
        else:
            inner = () if isinstance(arg, type) and not isinstance(arg, GenericAlias) else getattr(arg, "__parameters__", ())
            if inner:
                values = []
                for one in inner:
                    value = assigned.get(one, one)
                    values.extend(value if isinstance(one, TypeVarTuple) and isinstance(value, tuple) else (value,))
                arg = arg[tuple(values)]
            # A tuple is what `Concatenate` became with a list of types at its end.
            if flat and isinstance(arg, tuple):
                new.extend(arg)
            else:
                new.append(arg)
    return tuple(new)


def _substituted(alias, args, item):
    """The arguments of `alias[item]`."""
    assigned = _assigned(alias, _collect_parameters(args), item)
    return _replaced(args, assigned, _is_callable(alias.__origin__))


def _substitute(parameter, arg):
    """What takes the place of a type parameter."""
    if isinstance(parameter, TypeVarTuple):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")
    if isinstance(parameter, ParamSpec):
        if isinstance(arg, (list, tuple)):
            return tuple(_checked_type(one, "Expected a type.") for one in arg)
        if not _is_param_expr(arg):
            raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {arg}")
        return arg
    arg = _checked_type(arg, "Parameters to generic types must be types.")
    if isinstance(arg, _UnpackGenericAlias) or isinstance(arg, GenericAlias) and arg.__unpacked__:
        raise TypeError(f"{arg} is not valid as type argument")
    return arg


def _is_callable(origin):
    return isinstance(origin, type) and origin.__qualname__ == "Callable" and origin.__module__ == "collections.abc"


# ---- aliases

def _entries(base, bases):
    """The classes that take the place of a base that is none."""
    entries = base.__mro_entries__(bases) if hasattr(base, "__mro_entries__") else ()
    return entries if isinstance(entries, tuple) else ()


class _BaseAlias:
    """A generic type with arguments, or one that can be given some."""

    __module__ = "typing"

    def __init_subclass__(cls):
        if cls.__module__ != "typing":
            raise TypeError("Cannot subclass special typing classes")

    def __init__(self, origin, *, inst=True, name=None):
        self._inst = inst
        self._name = name
        self.__origin__ = origin

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead")
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except Exception:
            # Built-in objects and those with slots do not remember it.
            pass
        return result

    def __mro_entries__(self, bases):
        entries = () if self.__origin__ in bases else (self.__origin__,)
        for base in bases[bases.index(self) + 1:]:
            # One that comes later brings `Generic`, itself or by what takes its place.
            if isinstance(base, _BaseAlias):
                return entries
            brought = (base,) if isinstance(base, type) and not isinstance(base, GenericAlias) else _entries(base, bases)
            if any(isinstance(one, type) and issubclass(one, Generic) for one in brought):
                return entries
        return *entries, Generic

    def __getattr__(self, name):
        if "__origin__" in self.__dict__ and not (name.startswith("__") and name.endswith("__")):
            return getattr(self.__origin__, name)
        if name in ("__name__", "__qualname__") and "__origin__" in self.__dict__:
            return self._name or getattr(self.__origin__, name)
        raise AttributeError(name)

    def __setattr__(self, name, value):
        own = name in ("_inst", "_name", "__origin__", "__args__", "__parameters__", "_nparams", "_defaults", "__metadata__",
                       "__module__", "__doc__")
        if own or name.startswith("__") and name.endswith("__"):
            object.__setattr__(self, name, value)
        else:
            setattr(self.__origin__, name, value)

    def __dir__(self):
        return sorted({*super().__dir__(), *(name for name in dir(self.__origin__)
                                             if not (name.startswith("__") and name.endswith("__")))})

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _GenericAlias(_BaseAlias):
    """A class of Python's own with type arguments: `Box[int]`."""

    __module__ = "typing"

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        if not isinstance(args, tuple):
            args = (args,)
        self.__args__ = args
        self.__parameters__ = _collect_parameters(args, origin is Generic or _is_protocol_itself(origin))
        if not name:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    @_remembered
    def __getitem__(self, args):
        origin = self.__origin__
        if origin is Generic or origin.__dict__.get("_is_protocol") and origin.__name__ == "Protocol":
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        return self._with(_substituted(self, self.__args__, args))

    def _with(self, args):
        return type(self)(self.__origin__, args, inst=self._inst, name=self._name)

    def __repr__(self):
        name = f"typing.{self._name}" if self._name else _type_repr(self.__origin__)
        shown = ", ".join(_type_repr(arg) for arg in self.__args__) or "()"
        return f"{name}[{shown}]"

    def __reduce__(self):
        import operator
        origin = self.__origin__
        if self._name:
            import typing
            origin = getattr(typing, self._name)
        return operator.getitem, (origin, self._item())

    def _item(self):
        """What was written between the brackets."""
        args = self.__args__
        return args[0] if len(args) == 1 and not isinstance(args[0], tuple) else args

    def __mro_entries__(self, bases):
        if self._name:
            # An alias of a built-in class: its subclasses are generic as well.
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            at = bases.index(self)
            if any(map(_is_protocol_itself, bases)) or any(isinstance(base, _BaseAlias) and base is not self for base in bases[at + 1:]):
                return ()
        return (self.__origin__,)

    def __iter__(self):
        yield _unpacked(self)


class _UnpackGenericAlias(_GenericAlias):
    """`*Ts` or `Unpack[Ts]`"""

    __module__ = "typing"

    def __init__(self, origin, args, **options):
        super().__init__(origin, args, name="Unpack", inst=False)

    @property
    def __origin__(self):
        # `*Ts` is written without `typing` as well.
        from typing import Unpack
        return Unpack

    @__origin__.setter
    def __origin__(self, value):
        pass

    def __eq__(self, other):
        return self.__args__ == other.__args__ if isinstance(other, _UnpackGenericAlias) else NotImplemented

    def __hash__(self):
        return hash((_UnpackGenericAlias, self.__args__))

    def __repr__(self):
        return f"typing.Unpack[{_type_repr(self.__args__[0])}]"

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __getitem__(self, args):
        if self.__parameters__ and isinstance(self.__args__[0], TypeVarTuple):
            return args
        return super().__getitem__(args)

    @property
    def __typing_unpacked_tuple_args__(self):
        arg = self.__args__[0]
        if not isinstance(arg, (_GenericAlias, GenericAlias)):
            return None
        if arg.__origin__ is not tuple:
            raise TypeError("Unpack[...] must be used with a tuple type")
        return arg.__args__


# ---- generic classes

def _generic_of(parameters):
    """`Generic[parameters]`, as the syntax wants it."""
    return _GenericAlias(Generic, _unpacked_parameters(parameters))


class Generic:
    """Abstract base class for generic types.

    On Python 3.12 and newer, generic classes implicitly inherit from
    Generic when they declare a parameter list after the class's name.
    """

    __module__ = "typing"
    __slots__ = ()
    _is_protocol = False

    @classmethod
    @_remembered
    def __class_getitem__(cls, args):
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple(_checked_type(arg) if not isinstance(arg, tuple) else arg for arg in args)
        if cls is Generic or cls.__name__ == "Protocol" and cls.__module__ == "typing":
            return _parameterized(cls, args)
        try:
            parameters = cls.__parameters__
        except AttributeError as error:
            hook = cls.__init_subclass__
            error.add_note(f"Note: this exception may have been caused by {hook.__qualname__!r} (or the "
                           "'__init_subclass__' method on a superclass) not calling 'super().__init_subclass__()'")
            raise
        if not parameters:
            raise TypeError(f"{cls} is not a generic class")
        return _GenericAlias(cls, _replaced(_unpacked_parameters(parameters), _assigned(cls, parameters, args), False))

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get("__orig_bases__")
        if Generic in bases if bases is not None else Generic in cls.__bases__ and cls.__name__ != "Protocol" and (
                type(cls).__name__ != "_TypedDictMeta"):
            raise TypeError("Cannot inherit from plain Generic")
        parameters = ()
        if bases is not None:
            parameters = _collect_parameters(bases)
            named = None
            for base in bases:
                if isinstance(base, _GenericAlias) and base.__origin__ is Generic:
                    if named is not None:
                        raise TypeError("Cannot inherit from Generic[...] multiple times.")
                    named = base.__parameters__
            if named is not None:
                missing = [one for one in parameters if one not in named]
                if missing:
                    raise TypeError(f"Some type variables ({', '.join(map(str, missing))}) are not listed in "
                                    f"Generic[{', '.join(map(str, named))}]")
                parameters = named
        cls.__parameters__ = tuple(parameters)


def _parameterized(cls, args):
    name = cls.__name__
    if not args:
        raise TypeError(f"Parameter list to {name}[...] cannot be empty")
    if not all(isinstance(arg, (TypeVar, ParamSpec)) or isinstance(arg, _UnpackGenericAlias)
               and isinstance(arg.__args__[0], TypeVarTuple) for arg in args):
        raise TypeError(f"Parameters to {name}[...] must all be type variables or parameter specification variables.")
    if len(set(args)) != len(args):
        raise TypeError(f"Parameters to {name}[...] must all be unique")
    return _GenericAlias(cls, args)


class constevaluator:
    """What computes a bound, constraints or a default that are known already."""

    __slots__ = ("_value",)

    def __init__(self, value):
        self._value = value

    def __call__(self, format, /):
        if format != 4:
            return self._value
        from annotationlib import type_repr
        if isinstance(self._value, tuple):
            return "(" + ", ".join(map(type_repr, self._value)) + ("," if len(self._value) == 1 else "") + ")"
        return type_repr(self._value)

    def __repr__(self):
        return f"<constevaluator {self._value!r}>"


constevaluator.__module__ = "_typing"
