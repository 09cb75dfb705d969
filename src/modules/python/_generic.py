"""Generic classes and what type parameters need of `typing`: imported when the first generic class is made."""

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


def _checked_type(arg, message="Bound must be a type.", *, module=None):
    """What stands for a type: None for its class, text for a reference to one that is defined later."""
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        from annotationlib import ForwardRef
        reference = ForwardRef(arg, module=module)
        # What is no expression is refused here already.
        reference.__forward_code__
        return reference
    if type(arg) is tuple:
        raise TypeError(f"{message} Got {arg!r:.100}.")
    return arg


# ---- parameters and what takes their place

def _unpacked(alias):
    return _UnpackAlias(_Unpack, (alias,))


def _unpacked_parameters(parameters):
    return tuple(_unpacked(one) if isinstance(one, TypeVarTuple) else one for one in parameters)


def _collect_parameters(args):
    """The type parameters among types, each once, in the order in which they come."""
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
    return tuple(found)


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
    flat = []
    for one in given:
        if isinstance(one, _UnpackAlias) and isinstance(one.__args__[0], GenericAlias) and one.__args__[0].__origin__ is tuple:
            flat.extend(one.__args__[0].__args__)
        else:
            flat.append(one)
    given = tuple(flat)
    if packed:
        at = packed[0]
        after = len(parameters) - at - 1
        if len(given) < at + after:
            raise _too("few", alias, len(given), at + after)
        end = len(given) - after
        given = (*given[:at], given[at:end], *given[end:])
    elif len(given) > len(parameters):
        raise _too("many", alias, len(given), len(parameters))
    elif len(given) < len(parameters):
        needed = sum(not one.has_default() for one in parameters)
        missing = parameters[len(given):]
        if not all(one.has_default() for one in missing):
            raise _too("few", alias, len(given), needed)
        given += tuple(one.__default__ for one in missing)
    return {one: list(new) if isinstance(one, ParamSpec) and isinstance(new, tuple) else
            new if isinstance(one, TypeVarTuple) else _checked_type(new, "Parameters to generic types must be types.")
            if not isinstance(one, ParamSpec) else new
            for one, new in zip(parameters, given)}


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec)) or type(arg).__name__ == "_ConcatenateGenericAlias"


def _replaced(args, assigned, flat):
    """The arguments of an alias with parameters replaced; `flat`: those of a callable, whose parameters lie in it."""
    new = []
    for arg in args:
        if isinstance(arg, (TypeVar, ParamSpec)):
            value = assigned.get(arg, arg)
            if isinstance(arg, ParamSpec) and isinstance(value, list) and flat:
                new.extend(value)
            else:
                new.append(tuple(value) if isinstance(value, list) else value)
        elif isinstance(arg, _UnpackAlias) and arg.__args__[0] in assigned:
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
            new.append(arg)
    return tuple(new)


def _substituted(alias, args, item):
    """The arguments of `alias[item]`."""
    assigned = _assigned(alias, _collect_parameters(args), item)
    return _replaced(args, assigned, _is_callable(alias.__origin__))


def _substitute_one(parameter, arg):
    return _checked_type(arg, "Parameters to generic types must be types.")


def _is_callable(origin):
    return isinstance(origin, type) and origin.__qualname__ == "Callable" and origin.__module__ == "collections.abc"


# ---- aliases

class _BaseAlias:
    """A generic type with arguments, or one that can be given some."""

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
            if isinstance(base, _BaseAlias) or isinstance(base, type) and issubclass(base, Generic):
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

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        if not isinstance(args, tuple):
            args = (args,)
        self.__args__ = args
        self.__parameters__ = _collect_parameters(args)
        if not name:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

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
        args = self.__args__[0] if len(self.__args__) == 1 and not isinstance(self.__args__[0], tuple) else self.__args__
        return operator.getitem, (self.__origin__, args)

    def __mro_entries__(self, bases):
        if self._name:
            # An alias of a built-in class: its subclasses are generic as well.
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            at = bases.index(self)
            if any(isinstance(base, _BaseAlias) and base is not self for base in bases[at + 1:]):
                return ()
        return (self.__origin__,)

    def __iter__(self):
        yield _unpacked(self)


class _UnpackAlias(_GenericAlias):
    """`*Ts` or `Unpack[Ts]`"""

    def __repr__(self):
        return f"typing.Unpack[{_type_repr(self.__args__[0])}]"

    def __getitem__(self, args):
        if self.__parameters__ and isinstance(self.__args__[0], TypeVarTuple):
            return args
        return super().__getitem__(args)

    @property
    def __typing_unpacked_tuple_args__(self):
        arg = self.__args__[0]
        return arg.__args__ if getattr(arg, "__origin__", None) is tuple else None


class _Unpack:
    """The origin of unpacked types; `typing` puts its special form here."""


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
    def __class_getitem__(cls, args):
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple(_checked_type(arg) if not isinstance(arg, tuple) else arg for arg in args)
        if cls is Generic or cls.__name__ == "Protocol" and cls.__module__ == "typing":
            return _parameterized(cls, args)
        parameters = getattr(cls, "__parameters__", ())
        if not parameters:
            raise TypeError(f"{cls} is not a generic class")
        return _GenericAlias(cls, _replaced(_unpacked_parameters(parameters), _assigned(cls, parameters, args), False))

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get("__orig_bases__")
        if Generic in bases if bases is not None else Generic in cls.__bases__ and cls.__name__ != "Protocol":
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
                elif isinstance(base, _GenericAlias) and base.__origin__.__name__ == "Protocol" and named is None:
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
    if not all(hasattr(type(arg), "__typing_subst__") or isinstance(arg, _UnpackAlias) for arg in args):
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
