"""The methods that data classes are given, as source text made of their fields, and what documents the classes."""

import sys
from _dataclass_fields import _FACTORY, _INIT_VAR, MISSING
from _thread import get_ident as _get_ident
from types import GenericAlias as _GenericAlias

# What is here is known as the own of dataclasses.
__name__ = "dataclasses"


class FrozenInstanceError(AttributeError):
    pass


class Methods:
    """The methods of a class: they are written down one by one, as source text in which `names` are known, and made all at
    once, which takes a fraction of the time."""

    def __init__(self, cls):
        self.cls = cls
        self.names, self.lines, self.written = {}, [], []

    def write(self, name, parameters, body, names=()):
        self.names.update(names)
        self.written.append(name)
        self.lines.append(f"    def {name}({', '.join(parameters)}):")
        self.lines += [f"        {line}" for line in body]

    def make(self):
        """The methods by name. They are of the class's module: names in their annotations are looked up there."""
        if not self.written:
            return {}
        cls = self.cls
        module = sys.modules.get(cls.__module__)
        text = [f"def make({', '.join(self.names)}):", *self.lines, f"    return {', '.join(self.written)},", ""]
        scope = {}
        exec("\n".join(text), {"__name__": cls.__module__} if module is None else vars(module), scope)
        made = dict(zip(self.written, scope["make"](**self.names)))
        for name, method in made.items():
            method.__qualname__ = f"{cls.__qualname__}.{name}"
        return made


def write_init(methods, found, frozen, slots, has_post_init):
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
    methods.write("__init__", parameters, body or ["pass"], names)


def annotate_function(__class__, types):
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


def write_repr(methods, found):
    shown = ", ".join(f"{one.name}={{self.{one.name}!r}}" for one in found if one.repr)
    methods.write("__repr__", ["self"], [
        "key = id(self), _get_ident()",
        "if key in _running:",
        "    return '...'",
        "_running.add(key)",
        "try:",
        f"    return f'{{self.__class__.__qualname__}}({shown})'",
        "finally:",
        "    _running.discard(key)"], {"_get_ident": _get_ident, "_running": set(), "id": id})


def _row(found, this):
    inner = "".join(f"{this}.{one.name}, " for one in found)
    return f"({inner})"


def write_eq(methods, found):
    tests = " and ".join(f"self.{one.name} == other.{one.name}" for one in found) or "True"
    methods.write("__eq__", ["self", "other"], [
        "if self is other:",
        "    return True",
        "if other.__class__ is self.__class__:",
        f"    return {tests}",
        "return NotImplemented"])


def write_order(methods, name, operator, found):
    methods.write(name, ["self", "other"], [
        "if other.__class__ is self.__class__:",
        f"    return {_row(found, 'self')} {operator} {_row(found, 'other')}",
        "return NotImplemented"])


def write_hash(methods, found):
    methods.write("__hash__", ["self"], [f"return hash({_row(found, 'self')})"])


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


def check_unfrozen(cls):
    """The methods that freeze the fields are never put in the place of others."""
    for name in ("__setattr__", "__delattr__"):
        if name in cls.__dict__:
            raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}")


def freeze(cls, found):
    """Refuses to change the fields of instances."""
    for method in _refusals(cls, frozenset(one.name for one in found)):
        method.__qualname__ = f"{cls.__qualname__}.{method.__name__}"
        setattr(cls, method.__name__, method)


def hash_is_wanted(cls, params, has_own):
    """What becomes of `__hash__`: it is made, left alone (False), or removed (None)."""
    if params.unsafe_hash:
        if has_own:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
        return True
    if has_own or not params.eq:
        return False
    return True if params.frozen else None


def _annotation(value):
    """An annotation as `inspect` shows it in a signature."""
    if hasattr(value, "__forward_arg__"):
        return value.__forward_arg__
    if getattr(value, "__module__", None) == "typing" or repr(value).startswith("typing."):
        return repr(value).replace("typing.", "")
    if not isinstance(value, type) or isinstance(value, _GenericAlias):
        return repr(value)
    return value.__qualname__ if value.__module__ == "builtins" else f"{value.__module__}.{value.__qualname__}"


def signature_text(cls, found):
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


def inspected_signature(cls):
    """The signature of a class whose instances are not made by the `__init__` that was made for it."""
    from annotationlib import Format
    from inspect import signature
    try:
        return str(signature(cls, annotation_format=Format.FORWARDREF)).replace(" -> None", "")
    except (TypeError, ValueError):
        return ""
