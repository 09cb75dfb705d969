"""The hints of classes and functions, with references in them evaluated. Imported when typing is asked for the first of them."""

import collections.abc as _abc
import sys as _sys
from _generic import _GenericAlias
from _typing import GenericAlias, Union
from typing import NotRequired, ReadOnly, Required, _AnnotatedAlias, _FormAlias, _LiteralAlias

# What is here is known as the own of typing.
__name__ = "typing"


def no_type_check(arg):
    """Decorator to indicate that annotations are not type hints."""
    if isinstance(arg, type):
        for value in [getattr(arg, name, None) for name in dir(arg)]:
            value = getattr(value, "__func__", value)
            if not isinstance(value, (type, type(no_type_check))) or getattr(value, "__module__", None) != arg.__module__:
                continue
            if value.__qualname__ == f"{arg.__qualname__}.{value.__name__}":
                no_type_check(value)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        # A class in C.
        pass
    return arg


def no_type_check_decorator(decorator):
    """Decorator to give another decorator the @no_type_check effect."""
    def wrapped(*args, **kwargs):
        return no_type_check(decorator(*args, **kwargs))
    return wrapped


def evaluate_forward_ref(forward_ref, *, owner=None, globals=None, locals=None, type_params=None, format=None):
    """Evaluate a forward reference as a type hint."""
    from annotationlib import Format
    if format == Format.STRING:
        return forward_ref.__resolved_str__
    if owner is None:
        owner = forward_ref.__owner__
    if globals is None and forward_ref.__forward_module__ is not None:
        globals = getattr(_sys.modules.get(forward_ref.__forward_module__), "__dict__", None)
    return _Evaluation(globals, locals, type_params or (), owner, format).of(forward_ref)


class _Evaluation:
    """Hints with all references in them evaluated, in some namespaces."""

    def __init__(self, globals, locals, type_params=(), owner=None, format=None):
        self.names = {"globals": globals, "locals": locals, "type_params": type_params, "owner": owner}
        if format is not None:
            self.names["format"] = format

    def of(self, value):
        if value is None:
            return type(None)
        if isinstance(value, str):
            from annotationlib import ForwardRef
            value = ForwardRef(value, is_class=isinstance(self.names["owner"], type))
        if _is_reference(value):
            found = value.evaluate(**self.names)
            return value if found is value else found if _is_reference(found) else self.of(found)
        if isinstance(value, (_GenericAlias, GenericAlias, Union)) and not isinstance(value, _LiteralAlias):
            args = tuple(map(self.of_argument, value.__args__))
            return value if all(a is b for a, b in zip(args, value.__args__)) else _with_arguments(value, args)
        return value

    def of_argument(self, value):
        if isinstance(value, list):
            return [self.of(one) for one in value]
        if isinstance(value, (str, _GenericAlias, GenericAlias, Union)) or _is_reference(value):
            return self.of(value)
        return value


def _is_reference(value):
    return type(value).__name__ == "ForwardRef" and type(value).__module__ == "annotationlib"


def _with_arguments(value, args):
    """A generic type with other arguments."""
    if isinstance(value, Union):
        return Union[args]
    if not isinstance(value, GenericAlias):
        return value._with(args)
    if value.__origin__ is _abc.Callable:
        return _abc.Callable[list(args[:-1]), args[-1]]
    return GenericAlias(value.__origin__, args)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False, *, format=None):
    """Return type hints for an object, with references in them evaluated."""
    from annotationlib import Format, get_annotations
    if getattr(obj, "__no_type_check__", None):
        return {}
    format = Format.VALUE if format is None else format
    hints = {}
    for owner in reversed(obj.__mro__) if isinstance(obj, type) else (obj,):
        annotations = get_annotations(owner, format=format)
        if format == Format.STRING:
            hints.update(annotations)
            continue
        globals, locals = _namespaces(owner, globalns, localns)
        evaluation = _Evaluation(globals, locals, getattr(owner, "__type_params__", ()), owner, format)
        hints.update((name, evaluation.of(value)) for name, value in annotations.items())
    return hints if include_extras or format == Format.STRING else {
        name: _without_extras(value) for name, value in hints.items()}


def _namespaces(owner, globals, locals):
    """Where the references in an owner's hints are looked up."""
    if isinstance(owner, type):
        if globals is None:
            globals = getattr(_sys.modules.get(owner.__module__), "__dict__", {})
        return globals, dict(vars(owner)) if locals is None else locals
    if globals is None:
        seen, given = {id(owner)}, owner
        while hasattr(owner, "__wrapped__"):
            owner = owner.__wrapped__
            if id(owner) in seen:
                raise ValueError(f"wrapper loop when unwrapping {given!r}")
            seen.add(id(owner))
        globals = vars(owner) if isinstance(owner, type(_sys)) else getattr(owner, "__globals__", {})
    return globals, globals if locals is None else locals


def _without_extras(value):
    if isinstance(value, _AnnotatedAlias):
        return _without_extras(value.__origin__)
    if getattr(value, "__origin__", None) in (Required, NotRequired, ReadOnly) and isinstance(value, _FormAlias):
        return _without_extras(value.__args__[0])
    if isinstance(value, (_GenericAlias, GenericAlias, Union)) and not isinstance(value, _LiteralAlias):
        args = tuple(map(_without_extras, value.__args__))
        if all(a is b for a, b in zip(args, value.__args__)):
            return value
        return _with_arguments(value, args)
    return value
