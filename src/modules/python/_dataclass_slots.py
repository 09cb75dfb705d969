"""Data classes with slots: each is made a second time. Imported when the first one is."""

from dataclasses import fields

# What is here is known as the own of dataclasses.
__name__ = "dataclasses"


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


def with_slots(cls, real, params):
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
