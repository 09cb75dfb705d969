"""Named tuples and typed dicts with annotations. Imported when typing is asked for the first of them."""

import sys as _sys
from _generic import Generic, _checked_type
from typing import NotRequired, ReadOnly, Required, _AnnotatedAlias

# What is here is known as the own of typing.
__name__ = "typing"

_VALUE, _FAKED_VALUE, _FORWARDREF, _STRING = 1, 2, 3, 4


class _Fields:
    """The annotations of a class that is being made: what they are now, and what computes them later."""

    def __init__(self, namespace, check):
        self.check = check
        self.given = namespace.get("__annotations__")
        self.annotate = None if self.given is not None else (
            namespace.get("__annotate__") or namespace.get("__annotate_func__"))
        self.now = {}

    def known(self, owner=None):
        """The annotations as far as their names are defined, each checked to be a type."""
        found = self.given or {} if self.annotate is None else self._call(_FORWARDREF, owner)
        # What is wrong here is not said by its name where the annotations are computed.
        self.now = {name: self.check(None if self.annotate else name, one) for name, one in found.items()}
        return self.now

    def of(self, format, owner=None):
        """The annotations in some format."""
        if self.annotate is not None:
            found = self._call(format, owner)
            return found if format == _STRING else {name: self.check(name, one) for name, one in found.items()}
        if format == _STRING:
            from annotationlib import annotations_to_string
            return annotations_to_string(self.given or {})
        if format not in (_VALUE, _FORWARDREF):
            raise NotImplementedError(format)
        return self.now

    def _call(self, format, owner):
        # Where everything is defined, `annotationlib` is not needed.
        if format in (_VALUE, _FORWARDREF):
            try:
                return self.annotate(_VALUE)
            except Exception:
                if format == _VALUE:
                    raise
        from annotationlib import call_annotate_function
        return call_annotate_function(self.annotate, format, owner=owner)


# ---- named tuples

# What a named tuple has of its own, and what its class does not take over from the one that was written.
_FIXED = frozenset(["__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_field_types",
                    "_make", "_replace", "_asdict", "_source"])
_NOT_TAKEN = frozenset(["__module__", "__name__", "__annotations__", "__annotate__", "__annotate_func__",
                        "__annotations_cache__"])


def _check_field(name, annotation):
    return _checked_type(annotation, f"field{' ' + name if name else ''} annotation must be a type")


def _annotated_tuple(name, fields, defaults, module):
    from collections import namedtuple
    made = namedtuple(name, fields.known(), defaults=defaults, module=module)

    def annotate(format):
        return fields.of(format)

    made.__annotate__ = made.__new__.__annotate__ = annotate
    return made


class NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        if "__classcell__" in namespace:
            raise TypeError("uses of super() and __class__ are unsupported in methods of NamedTuple subclasses")
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        if bases.count(_NamedTuple) > 1:
            raise TypeError("duplicate base class tuple")
        fields = _Fields(namespace, _check_field)
        defaults = _defaulted(fields.known(), namespace)
        made = _annotated_tuple(name, fields, [namespace[field] for field in defaults], namespace["__module__"])
        made.__bases__ = tuple(tuple if base is _NamedTuple else base for base in bases)
        if Generic in bases:
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
        for key, value in namespace.items():
            if key in _FIXED:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key in _NOT_TAKEN:
                continue
            if key not in made._fields:
                setattr(made, key, value)
            if hasattr(type(value), "__set_name__"):
                _tell_name(value, made, key)
        if Generic in bases:
            made.__init_subclass__()
        return made


def _defaulted(fields, namespace):
    """The fields with a default: the last ones."""
    defaulted = []
    for field in fields:
        if field in namespace:
            defaulted.append(field)
        elif defaulted:
            raise TypeError(f"Non-default namedtuple field {field} cannot follow default field"
                            f"{'s' if len(defaulted) > 1 else ''} {', '.join(defaulted)}")
    return defaulted


def _tell_name(value, owner, name):
    try:
        type(value).__set_name__(value, owner, name)
    except BaseException as error:
        error.add_note(f"Error calling __set_name__ on {type(value).__name__!r} instance {name!r} in {owner.__name__!r}")
        raise


_NOT_GIVEN = type("_NotGiven", (), {"__repr__": lambda self: "<sentinel>"})()


def _warn_of_missing(kind, typename, fields, empty, bracketed):
    """What is said if no fields are given: where, and how to write that there are none."""
    import warnings
    thing = "Failing to pass a value for the 'fields' parameter" if fields is _NOT_GIVEN else (
        "Passing `None` as the 'fields' parameter")
    example = f"`{typename} = {kind}({typename!r}, {bracketed})`"
    warnings.warn(f"{thing} is deprecated and will be disallowed in Python 3.15. To create a {kind} class with 0 fields "
                  f"using the functional syntax, pass an empty {empty}, e.g. {example}.", DeprecationWarning, stacklevel=3)


def NamedTuple(typename, fields=_NOT_GIVEN, /, **kwargs):
    """Typed version of namedtuple.

    Usage::

        class Employee(NamedTuple):
            name: str
            id: int
    """
    if kwargs:
        if fields is None:
            raise TypeError("Cannot pass `None` as the 'fields' parameter and also specify fields using keyword arguments")
        if fields is not _NOT_GIVEN:
            raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
        import warnings
        warnings.warn("Creating NamedTuple classes using keyword arguments is deprecated and will be disallowed in "
                      "Python 3.15. Use the class-based or functional syntax instead.", DeprecationWarning, stacklevel=2)
        fields = kwargs.items()
    elif fields is None or fields is _NOT_GIVEN:
        _warn_of_missing("NamedTuple", typename, fields, "list", "[]")
        fields = ()
    fields = _Fields({"__annotations__": dict(fields)}, _check_field)
    made = _annotated_tuple(typename, fields, (), _sys._getframe(1).f_globals.get("__name__"))
    made.__orig_bases__ = (NamedTuple,)
    return made


# Stands among the bases while a named tuple is made.
_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {})


NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


# ---- typed dicts

class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        plain = (Generic, dict) if any(issubclass(base, Generic) for base in bases) else (dict,)

        def check(field, annotation):
            return _checked_type(annotation, "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type",
                                 module=made.__module__, owner=made if fields.annotate is None else None)

        fields = _Fields(namespace, check)
        for key in ("__annotate_func__", "__annotate__", "__annotations__"):
            namespace.pop(key, None)
        made = type.__new__(_TypedDictMeta, name, plain, namespace)
        if not hasattr(made, "__orig_bases__"):
            made.__orig_bases__ = bases
        _set_keys(made, bases, fields.known(made), total)

        def __annotate__(format):
            found = {}
            for base in bases:
                if base is not Generic and base.__annotate__ is not None:
                    found.update(_annotations_of(base, format))
            return found | fields.of(format, made)

        made.__annotate__ = __annotate__
        made.__total__ = total
        return made

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def _annotations_of(base, format):
    if format == _VALUE:
        return base.__annotate__(format)
    from annotationlib import call_annotate_function
    return call_annotate_function(base.__annotate__, format, owner=base)


def _set_keys(made, bases, fields, total):
    """Note on a typed dict which keys it must have, may have, and which of them may not be changed."""
    required, optional, readonly, mutable = set(), set(), set(), set()
    for base in bases:
        # The last base wins.
        for own, other, name in ((required, optional, "__required_keys__"), (optional, required, "__optional_keys__")):
            keys = base.__dict__.get(name, set())
            own |= keys
            other -= keys
        readonly |= base.__dict__.get("__readonly_keys__", set())
        mutable |= base.__dict__.get("__mutable_keys__", set())
    for field, annotation in fields.items():
        qualifiers = _qualifiers(annotation)
        needed = Required in qualifiers or total and NotRequired not in qualifiers
        (required if needed else optional).add(field)
        (optional if needed else required).discard(field)
        if ReadOnly not in qualifiers:
            mutable.add(field)
            readonly.discard(field)
        elif field in mutable:
            raise TypeError(f"Cannot override mutable key {field!r} with read-only key")
        else:
            readonly.add(field)
    made.__required_keys__, made.__optional_keys__ = frozenset(required), frozenset(optional)
    made.__readonly_keys__, made.__mutable_keys__ = frozenset(readonly), frozenset(mutable)


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


def TypedDict(typename, fields=_NOT_GIVEN, /, *, total=True):
    """A simple typed namespace. At runtime it is equivalent to a plain dict.

    Usage::

        class Point2D(TypedDict):
            x: int
            y: int
    """
    if fields is None or fields is _NOT_GIVEN:
        _warn_of_missing("TypedDict", typename, fields, "dictionary", "{}")
        fields = {}
    namespace = {"__annotations__": dict(fields), "__module__": _sys._getframe(1).f_globals.get("__name__")}
    made = _TypedDictMeta(typename, (), namespace, total=total)
    made.__orig_bases__ = (TypedDict,)
    return made


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(tp):
    """Check if an annotation is a TypedDict class"""
    return isinstance(tp, _TypedDictMeta) and tp is not _TypedDict
