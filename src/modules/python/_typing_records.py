"""Named tuples and typed dicts with annotations. Imported when typing is asked for the first of them."""

import sys as _sys
from _generic import Generic, _checked_type
from typing import NotRequired, ReadOnly, Required, _AnnotatedAlias

# What is here is known as the own of typing.
__name__ = "typing"


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
