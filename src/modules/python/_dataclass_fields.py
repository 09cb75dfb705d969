"""The fields of data classes: what they are, and how they are found among the annotations of a class."""

import sys
from _thread import get_ident as _get_ident
from types import GenericAlias as _GenericAlias, MappingProxyType as _MappingProxyType

# What is here is known as the own of dataclasses.
__name__ = "dataclasses"


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


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING, doc=None):
    """Return an object to identify dataclass fields."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only, doc)


# ---- the fields of a class

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
