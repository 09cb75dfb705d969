"""Classes that are mainly data: their methods are made from the annotations."""

import sys
from _thread import get_ident as _get_ident
from types import GenericAlias as _GenericAlias, MappingProxyType as _MappingProxyType

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
           "astuple", "make_dataclass", "replace", "is_dataclass"]


class FrozenInstanceError(AttributeError):
    pass


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()


class _Factory:
    """Stands in signatures for a default that is made anew for each instance."""

    def __repr__(self):
        return "<factory>"


_FACTORY = _Factory()


class _Kind:
    """What a field is: `Field._field_type`."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD, _CLASS_VAR, _INIT_VAR = _Kind("_FIELD"), _Kind("_FIELD_CLASSVAR"), _Kind("_FIELD_INITVAR")
_FIELDS = "__dataclass_fields__"
_NO_METADATA = _MappingProxyType({})


class InitVar:
    """A parameter of `__init__` that is handed on to `__post_init__` and is no field."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        shown = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{shown}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


_shown = set()


class Field:
    """A field of a data class."""

    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata", "kw_only",
                 "doc", "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only, doc):
        self.name = self.type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        self.metadata = _NO_METADATA if metadata is None else _MappingProxyType(metadata)
        self.kw_only, self.doc = kw_only, doc
        self._field_type = None

    def __repr__(self):
        names = ("name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata", "kw_only", "doc",
                 "_field_type")
        # A field's type may have the field in it.
        key = id(self), _get_ident()
        if key in _shown:
            return "..."
        _shown.add(key)
        try:
            shown = ",".join(f"{name}={getattr(self, name)!r}" for name in names)
        finally:
            _shown.discard(key)
        return f"Field({shown})"

    def __set_name__(self, owner, name):
        set_name = getattr(type(self.default), "__set_name__", None)
        if set_name is not None:
            set_name(self.default, owner, name)

    __class_getitem__ = classmethod(_GenericAlias)


class _DataclassParams:
    """What `@dataclass` was given."""

    def __init__(self, **given):
        self.__dict__.update(given)

    def __repr__(self):
        return f"_DataclassParams({','.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING, doc=None):
    """Return an object to identify dataclass fields."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only, doc)


# ---- fields

def _named(annotation, cls, module):
    """What an annotation in text names, in the module of the class or after the name of a module there; None for nothing."""
    space = getattr(sys.modules.get(cls.__module__), "__dict__", {})
    first, rest = _word(annotation)
    if rest.startswith(".") and (second := _word(rest[1:])[0]):
        return getattr(module, second, None) if module is not None and space.get(first) is module else None
    return space.get(first)


def _word(text):
    """The word that a text begins with, and the rest, spaces left out."""
    text = text.lstrip()
    end = next((at for at, char in enumerate(text) if not (char.isalnum() or char == "_")), len(text))
    return text[:end], text[end:].lstrip()


def _kind_of(annotation, cls):
    typing = sys.modules.get("typing")
    if isinstance(annotation, str):
        named = _named(annotation, cls, typing)
        if typing and (named is typing.ClassVar or getattr(named, "__origin__", None) is typing.ClassVar):
            return _CLASS_VAR
        named = _named(annotation, cls, sys.modules[__name__])
        return _INIT_VAR if named is InitVar or type(named) is InitVar else _FIELD
    if typing and (annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar):
        return _CLASS_VAR
    return _INIT_VAR if annotation is InitVar or type(annotation) is InitVar else _FIELD


def _field_of(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        one = default
    else:
        if type(default).__name__ == "member_descriptor":
            # A slot of a base class.
            default = MISSING
        one = field(default=default)
    one.name, one.type = name, annotation
    one._field_type = _kind_of(annotation, cls)
    if one._field_type is not _FIELD and one.default_factory is not MISSING:
        raise TypeError(f"field {name} cannot have a default factory")
    if one._field_type is _CLASS_VAR:
        if one.kw_only is not MISSING:
            raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
    elif one.kw_only is MISSING:
        one.kw_only = kw_only
    if one._field_type is _FIELD and type(one.default).__hash__ is None:
        raise ValueError(f"mutable default {type(one.default)} for field {name} is not allowed: use default_factory")
    return one


def _own_annotations(cls):
    """The annotations of a class; what is not defined yet is there as a reference."""
    try:
        return cls.__annotations__
    except NameError:
        from annotationlib import Format, get_annotations
        return get_annotations(cls, format=Format.FORWARDREF)


def _gather(cls, kw_only):
    """The fields of a class, those of its bases first, and whether all data classes among these are frozen."""
    found, frozen_bases = {}, []
    for base in cls.__mro__[-1:0:-1]:
        inherited = base.__dict__.get(_FIELDS)
        if inherited is not None:
            found.update(inherited)
            frozen_bases.append(base.__dataclass_params__.frozen)
    own, seen_kw_only = _own_annotations(cls), False
    for name, annotation in own.items():
        if annotation is KW_ONLY or isinstance(annotation, str) and (
                _named(annotation, cls, sys.modules[__name__]) is KW_ONLY):
            if seen_kw_only:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            kw_only = seen_kw_only = True
            continue
        one = _field_of(cls, name, annotation, kw_only)
        found[name] = one
        if isinstance(getattr(cls, name, None), Field):
            if one.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, one.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in own:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return found, frozen_bases


# ---- methods

def _define(cls, name, parameters, body, names):
    """Makes a method from its source text, in which `names` are known. It is one of the class's module: names in its
    annotations are looked up there."""
    lines = [f"def make({', '.join(names)}):", f"    def {name}({', '.join(parameters)}):", *(f"        {line}" for line in body),
             f"    return {name}", ""]
    module = sys.modules.get(cls.__module__)
    scope = {}
    exec("\n".join(lines), {"__name__": cls.__module__} if module is None else vars(module), scope)
    method = scope["make"](**names)
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    return method


def _make_init(cls, found, frozen, slots, has_post_init):
    names = {"_FACTORY": _FACTORY, "_MISSING": MISSING, "_set": object.__setattr__}
    positional = [one for one in found if one.init and not one.kw_only]
    keyword = [one for one in found if one.init and one.kw_only]
    seen = None
    for one in positional:
        if one.default is not MISSING or one.default_factory is not MISSING:
            seen = one
        elif seen is not None:
            raise TypeError(f"non-default argument {one.name!r} follows default argument {seen.name!r}")
    this = "self" if all(one.name != "self" for one in found) else "_dataclass_self"
    parameters, body = [this], []
    for one in positional + keyword:
        if keyword and one is keyword[0]:
            parameters.append("*")
        if one.default is not MISSING:
            names[f"_default_{one.name}"] = one.default
            parameters.append(f"{one.name}=_default_{one.name}")
        else:
            parameters.append(one.name if one.default_factory is MISSING else f"{one.name}=_FACTORY")
    for one in found:
        if one._field_type is _INIT_VAR:
            continue
        value = one.name
        if one.default_factory is not MISSING:
            names[f"_factory_{one.name}"] = one.default_factory
            value = f"_factory_{one.name}()" + (f" if {one.name} is _FACTORY else {one.name}" if one.init else "")
        elif not one.init:
            if not slots or one.default is MISSING:
                continue
            names[f"_default_{one.name}"] = one.default
            value = f"_default_{one.name}"
        body.append(f"_set({this}, {one.name!r}, {value})" if frozen else f"{this}.{one.name} = {value}")
    if has_post_init:
        given = ", ".join(one.name for one in found if one._field_type is _INIT_VAR)
        body.append(f"{this}.__post_init__({given})")
    init = _define(cls, "__init__", parameters, body or ["pass"], names)
    init.__annotate__ = _annotate_function(cls, {one.name: one.type for one in found if one.init})
    return init


def _annotate_function(__class__, types):
    """What computes the annotations of `__init__` from those of the class and its bases. `__class__` is a cell, as in the
    body of a class."""
    def __annotate__(format, /):
        from annotationlib import Format, get_annotations
        if format not in (Format.VALUE, Format.FORWARDREF, Format.STRING):
            raise NotImplementedError(format)
        known = {}
        for base in reversed(__class__.__mro__):
            known.update(get_annotations(base, format=format))
        found = {name: known.get(name, type) for name, type in types.items()}
        return {**found, "return": "None" if format == Format.STRING else None}
    __annotate__.__generated_by_dataclasses__ = True
    __annotate__.__qualname__ = f"{__class__.__qualname__}.__init__.__annotate__"
    return __annotate__


def _make_repr(cls, found):
    shown = ", ".join(f"{one.name}={{self.{one.name}!r}}" for one in found if one.repr)
    method = _define(cls, "__repr__", ["self"], [
        "key = id(self), _get_ident()",
        "if key in _running:",
        "    return '...'",
        "_running.add(key)",
        "try:",
        f"    return f'{{self.__class__.__qualname__}}({shown})'",
        "finally:",
        "    _running.discard(key)"], {"_get_ident": _get_ident, "_running": set(), "id": id})
    # `pprint` asks for this before it writes an instance over several lines.
    method._of_dataclass = True
    return method


def _row(found, this):
    inner = "".join(f"{this}.{one.name}, " for one in found)
    return f"({inner})"


def _make_eq(cls, found):
    tests = " and ".join(f"self.{one.name} == other.{one.name}" for one in found) or "True"
    return _define(cls, "__eq__", ["self", "other"], [
        "if self is other:",
        "    return True",
        "if other.__class__ is self.__class__:",
        f"    return {tests}",
        "return NotImplemented"], {})


def _make_order(cls, name, operator, found):
    return _define(cls, name, ["self", "other"], [
        "if other.__class__ is self.__class__:",
        f"    return {_row(found, 'self')} {operator} {_row(found, 'other')}",
        "return NotImplemented"], {})


def _make_hash(cls, found):
    return _define(cls, "__hash__", ["self"], [f"return hash({_row(found, 'self')})"], {})


def _refusals(__class__, names):
    """Methods that refuse to change fields. `__class__` is a cell, as in the body of a class, so that a class that gets slots
    is known to them by the same means as to other methods."""
    def __setattr__(self, name, value):
        if type(self) is __class__ or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(__class__, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is __class__ or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(__class__, self).__delattr__(name)
    return __setattr__, __delattr__


def _freeze(cls, found):
    """Refuses to change the fields of instances."""
    for method in _refusals(cls, frozenset(one.name for one in found)):
        name = method.__name__
        if name in cls.__dict__:
            raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}")
        method.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, method)


def _set_hash(cls, params, has_own, compared):
    """What becomes of `__hash__`: it is made, removed, or left alone."""
    if params.unsafe_hash:
        if has_own:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
    elif has_own or not params.eq:
        return
    elif not params.frozen:
        cls.__hash__ = None
        return
    cls.__hash__ = _make_hash(cls, compared)


def _annotation(value):
    """An annotation as `inspect` shows it in a signature."""
    if hasattr(value, "__forward_arg__"):
        return value.__forward_arg__
    if getattr(value, "__module__", None) == "typing" or repr(value).startswith("typing."):
        return repr(value).replace("typing.", "")
    if not isinstance(value, type) or isinstance(value, _GenericAlias):
        return repr(value)
    return value.__qualname__ if value.__module__ == "builtins" else f"{value.__module__}.{value.__qualname__}"


def _signature(cls, found):
    """The text that becomes the documentation of a class without any."""
    def shown(one):
        text = f"{one.name}: {_annotation(one.type)}"
        if one.default is not MISSING:
            return f"{text} = {one.default!r}"
        return f"{text} = <factory>" if one.default_factory is not MISSING else text
    given = [one for one in found if one.init]
    parts = [shown(one) for one in given if not one.kw_only]
    keyword = [shown(one) for one in given if one.kw_only]
    return f"{cls.__name__}({', '.join(parts + (['*'] if keyword else []) + keyword)})"


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
    compared = [one for one in real if one.compare]
    if params.init:
        init = _make_init(cls, given, params.frozen, params.slots, hasattr(cls, "__post_init__"))
        if "__init__" not in cls.__dict__:
            cls.__init__ = init
    if "__replace__" not in cls.__dict__:
        cls.__replace__ = _replace
    if params.repr and "__repr__" not in cls.__dict__:
        cls.__repr__ = _make_repr(cls, real)
    if params.eq and "__eq__" not in cls.__dict__:
        cls.__eq__ = _make_eq(cls, compared)
    if params.order:
        for name, operator in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if name in cls.__dict__:
                raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__} Consider using "
                                "functools.total_ordering")
            setattr(cls, name, _make_order(cls, name, operator, compared))
    if params.frozen:
        _freeze(cls, real)
    _set_hash(cls, params, has_own_hash, [one for one in real if (one.compare if one.hash is None else one.hash)])
    if not getattr(cls, "__doc__"):
        is_plain = params.init and cls.__init__ is init and type(cls) is type and "__new__" not in cls.__dict__
        cls.__doc__ = _signature(cls, given) if is_plain else cls.__name__ + _inspected_signature(cls)
    if params.match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(one.name for one in given if one.init and not one.kw_only)
    if params.weakref_slot and not params.slots:
        raise TypeError("weakref_slot is True but slots is False")
    if params.slots:
        cls = _with_slots(cls, real, params)
    if getattr(cls, "__abstractmethods__", None):
        from abc import update_abstractmethods
        update_abstractmethods(cls)
    return cls


def _inspected_signature(cls):
    """The signature of a class whose instances are not made by the `__init__` that was made for it."""
    from annotationlib import Format
    from inspect import signature
    try:
        return str(signature(cls, annotation_format=Format.FORWARDREF)).replace(" -> None", "")
    except (TypeError, ValueError):
        return ""


def _slots_of(cls):
    """What a class gives its instances beside what its bases do."""
    slots = cls.__dict__.get("__slots__")
    if slots is None:
        return [name for name, offset in (("__weakref__", cls.__weakrefoffset__), ("__dict__", cls.__dictoffset__)) if offset]
    if isinstance(slots, str):
        return [slots]
    if hasattr(slots, "__next__"):
        # It is exhausted.
        raise TypeError(f"Slots of {cls.__name__!r} cannot be determined")
    return slots


def _dataclass_getstate(self):
    return [getattr(self, one.name) for one in fields(self)]


def _dataclass_setstate(self, state):
    for one, value in zip(fields(self), state):
        object.__setattr__(self, one.name, value)


def _let_mean(function, old, new):
    """Has `super()` and `__class__` in a function mean the new class."""
    code, closure = getattr(function, "__code__", None), getattr(function, "__closure__", None)
    for name, cell in zip(getattr(code, "co_freevars", ()), closure or ()):
        try:
            if name == "__class__" and cell.cell_contents is old:
                cell.cell_contents = new
        except ValueError:
            # Empty: it is no class's.
            pass


def _functions_in(value):
    """The functions that an attribute of a class is made of."""
    parts = [getattr(value, "__func__", value)]
    if isinstance(value, property):
        parts = [value.fget, value.fset, value.fdel]
    seen = set()
    for function in parts:
        while function is not None and id(function) not in seen:
            seen.add(id(function))
            yield function
            function = getattr(function, "__wrapped__", None)


def _with_slots(cls, real, params):
    """The class again, with slots for its fields."""
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    namespace = dict(cls.__dict__)
    inherited = set()
    for base in cls.__mro__[1:-1]:
        inherited.update(_slots_of(base))
    names = tuple(one.name for one in real if one.name not in inherited)
    slots = names + (("__weakref__",) if params.weakref_slot and "__weakref__" not in inherited else ())
    if any(one.doc is not None for one in real):
        docs = {one.name: one.doc for one in real}
        slots = {name: docs.get(name) for name in slots}
    namespace["__slots__"] = slots
    for name in (*names, "__dict__", "__weakref__"):
        namespace.pop(name, None)
    namespace["__qualname__"] = cls.__qualname__
    new = type(cls)(cls.__name__, cls.__bases__, namespace)
    if params.frozen:
        for name, method in (("__getstate__", _dataclass_getstate), ("__setstate__", _dataclass_setstate)):
            if name not in cls.__dict__:
                setattr(new, name, method)
    for value in namespace.values():
        for function in _functions_in(value):
            _let_mean(function, cls, new)
    annotate = getattr(namespace.get("__init__"), "__annotate__", None)
    if getattr(annotate, "__generated_by_dataclasses__", False):
        _let_mean(annotate, cls, new)
    return new


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
