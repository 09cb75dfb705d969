"""Attributes looked up without running any code of a program: `inspect.getattr_static`, which protocols need as well."""

# Descriptors of native classes: of attributes that are computed, and of slots.
_NATIVE_DESCRIPTORS = (type(type.__dict__["__mro__"]), type(type("", (), {"__slots__": "a"}).a))

_MISSING = object()


def _own_dict(obj):
    """The attributes of an object itself, read past whatever its class says `__dict__` is."""
    found = _in_classes(_order(type(obj)), "__dict__")
    if not isinstance(found, _NATIVE_DESCRIPTORS):
        return {}
    try:
        return found.__get__(obj)
    except (AttributeError, TypeError):
        return {}


def _order(cls):
    """The classes that a class inherits from, read past what its metaclass says `__mro__` is."""
    return type.__dict__["__mro__"].__get__(cls)


def _in_classes(classes, name):
    for base in classes:
        found = type.__dict__["__dict__"].__get__(base).get(name, _MISSING)
        if found is not _MISSING:
            return found
    return _MISSING


def getattr_static(obj, attr, default=_MISSING):
    """Retrieve attributes without triggering dynamic lookup via the descriptor protocol, __getattr__ or __getattribute__."""
    is_type = type in _order(type(obj))
    kind = obj if is_type else type(obj)
    own = _MISSING if is_type else dict.get(_own_dict(obj), attr, _MISSING)
    in_class = _in_classes(_order(kind), attr)
    if own is not _MISSING and in_class is not _MISSING:
        descriptor = _order(type(in_class))
        if _in_classes(descriptor, "__get__") is not _MISSING and (
                _in_classes(descriptor, "__set__") is not _MISSING
                or _in_classes(descriptor, "__delete__") is not _MISSING):
            return in_class
    if own is not _MISSING:
        return own
    if in_class is not _MISSING:
        return in_class
    if is_type:
        found = _in_classes(_order(type(obj)), attr)
        if found is not _MISSING:
            return found
    if default is not _MISSING:
        return default
    raise AttributeError(attr)


getattr_static.__module__ = "inspect"
