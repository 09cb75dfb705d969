"""Classes that are mainly data: their methods are made from the annotations. `_dataclass_fields` finds the fields of a class,
`_dataclass_methods` makes its methods, and `_dataclass_slots`, imported when it is needed, gives it slots."""

import _dataclass_methods as _making
import sys
from _dataclass_fields import (_CLASS_VAR, _FIELD, _FIELDS, _INIT_VAR, _KW_ONLY_TYPE, _MISSING_TYPE, KW_ONLY, MISSING, Field,
                               InitVar, _gather, field)
from _dataclass_methods import FrozenInstanceError

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
           "astuple", "make_dataclass", "replace", "is_dataclass"]


class _DataclassParams:
    """What `@dataclass` was given."""

    def __init__(self, **given):
        self.__dict__.update(given)

    def __repr__(self):
        return f"_DataclassParams({','.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


def _process(cls, params):
    own_hash = cls.__dict__.get("__hash__", MISSING)
    has_own_hash = not (own_hash is MISSING or own_hash is None and "__eq__" in cls.__dict__)
    found, frozen_bases = _gather(cls, params.kw_only)
    if frozen_bases:
        if any(frozen_bases) and not params.frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if not all(frozen_bases) and params.frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    setattr(cls, _FIELDS, found)
    cls.__dataclass_params__ = params
    if params.order and not params.eq:
        raise ValueError("eq must be true if order is true")
    real = [one for one in found.values() if one._field_type is _FIELD]
    given = [one for one in found.values() if one._field_type is not _CLASS_VAR]
    methods = _making.Methods(cls)
    _write_methods(methods, params, real, given)
    if params.frozen:
        _making.check_unfrozen(cls)
    wants_hash = _making.hash_is_wanted(cls, params, has_own_hash)
    if wants_hash:
        _making.write_hash(methods, [one for one in real if (one.compare if one.hash is None else one.hash)])
    made = methods.make()
    hashing = made.pop("__hash__", None)
    init = _set_methods(cls, made, given)
    if params.frozen:
        _making.freeze(cls, real)
    if wants_hash is not False:
        cls.__hash__ = hashing
    if not getattr(cls, "__doc__"):
        is_plain = params.init and cls.__init__ is init and type(cls) is type and "__new__" not in cls.__dict__
        cls.__doc__ = _making.signature_text(cls, given) if is_plain else cls.__name__ + _making.inspected_signature(cls)
    if params.match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(one.name for one in given if one.init and not one.kw_only)
    if params.weakref_slot and not params.slots:
        raise TypeError("weakref_slot is True but slots is False")
    if params.slots:
        from _dataclass_slots import with_slots
        cls = with_slots(cls, real, params)
    if getattr(cls, "__abstractmethods__", None):
        from abc import update_abstractmethods
        update_abstractmethods(cls)
    return cls


def _write_methods(methods, params, real, given):
    """Writes down the methods that the class wants and has not got itself; `__init__` in any case, for its complaints."""
    cls, compared = methods.cls, [one for one in real if one.compare]
    if params.init:
        _making.write_init(methods, given, params.frozen, params.slots, hasattr(cls, "__post_init__"))
    if params.repr and "__repr__" not in cls.__dict__:
        _making.write_repr(methods, real)
    if params.eq and "__eq__" not in cls.__dict__:
        _making.write_eq(methods, compared)
    if params.order:
        for name, operator in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if name in cls.__dict__:
                raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__} Consider using "
                                "functools.total_ordering")
            _making.write_order(methods, name, operator, compared)


def _set_methods(cls, made, given):
    """Gives the class its methods; the `__init__` that was made, whether the class has its own or not."""
    init = made.pop("__init__", None)
    if init is not None:
        init.__annotate__ = _making.annotate_function(cls, {one.name: one.type for one in given if one.init})
        if "__init__" not in cls.__dict__:
            cls.__init__ = init
    if "__replace__" not in cls.__dict__:
        cls.__replace__ = _replace
    for name, method in made.items():
        setattr(cls, name, method)
    if "__repr__" in made:
        # `pprint` asks for this before it writes an instance over several lines.
        made["__repr__"]._of_dataclass = True
    return init


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    """Add dunder methods based on the fields defined in the class."""
    params = _DataclassParams(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                              match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)
    return (lambda cls: _process(cls, params)) if cls is None else _process(cls, params)


# ---- questions and copies

def fields(class_or_instance):
    """Return a tuple describing the fields of this dataclass."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(one for one in found.values() if one._field_type is _FIELD)


def is_dataclass(obj):
    """Returns True if obj is a dataclass or an instance of a dataclass."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def _converted(obj, convert):
    """A value with all data classes in it converted."""
    if hasattr(type(obj), _FIELDS):
        return convert(obj)
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_converted(one, convert) for one in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_converted(one, convert) for one in obj)
    if isinstance(obj, dict):
        pairs = [(_converted(key, convert), _converted(value, convert)) for key, value in obj.items()]
        if hasattr(type(obj), "default_factory"):
            new = type(obj)(obj.default_factory)
            new.update(pairs)
            return new
        return type(obj)(pairs)
    from copy import deepcopy
    return deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    """Return the fields of a dataclass instance as a new dictionary mapping field names to field values."""
    if isinstance(obj, type) or not hasattr(type(obj), _FIELDS):
        raise TypeError("asdict() should be called on dataclass instances")

    def convert(one):
        return dict_factory([(f.name, _converted(getattr(one, f.name), convert)) for f in fields(one)])
    return convert(obj)


def astuple(obj, *, tuple_factory=tuple):
    """Return the fields of a dataclass instance as a new tuple of field values."""
    if isinstance(obj, type) or not hasattr(type(obj), _FIELDS):
        raise TypeError("astuple() should be called on dataclass instances")

    def convert(one):
        return tuple_factory([_converted(getattr(one, f.name), convert) for f in fields(one)])
    return convert(obj)


def _replace(self, /, **changes):
    for one in getattr(self, _FIELDS).values():
        if one._field_type is _CLASS_VAR:
            continue
        if not one.init:
            if one.name in changes:
                raise TypeError(f"field {one.name} is declared with init=False, it cannot be specified with replace()")
        elif one.name not in changes:
            if one._field_type is _INIT_VAR and one.default is MISSING:
                raise TypeError(f"InitVar {one.name!r} must be specified with replace()")
            changes[one.name] = getattr(self, one.name)
    return self.__class__(**changes)


_replace.__name__ = "__replace__"


def replace(obj, /, **changes):
    """Return a new object replacing specified fields with new values."""
    if isinstance(obj, type) or not hasattr(type(obj), _FIELDS):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, decorator=dataclass, init=True, repr=True,
                   eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False,
                   weakref_slot=False):
    """Return a new dynamically created dataclass."""
    from keyword import iskeyword
    from types import new_class
    annotations, defaults = {}, {}
    for item in fields:
        if isinstance(item, str):
            from typing import Any
            name, annotation = item, Any
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, defaults[name] = item[0], item[1], item[2]
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = annotation
    body = {**(namespace or {}), **defaults, "__annotations__": annotations}
    cls = new_class(cls_name, bases, {}, lambda names: names.update(body))
    cls.__module__ = sys._getframe(1).f_globals.get("__name__", "__main__") if module is None else module
    return decorator(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)
