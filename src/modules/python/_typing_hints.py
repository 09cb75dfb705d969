"""The hints of classes and functions, with references in them evaluated. Imported when typing is asked for the first of them."""

import collections.abc as _abc
import sys as _sys
from _generic import _GenericAlias
from _typing import GenericAlias, Union
from typing import NotRequired, ReadOnly, Required, Unpack, _AnnotatedAlias, _FormAlias, _LiteralGenericAlias

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
    import warnings
    warnings.warn("'typing.no_type_check_decorator' is deprecated and slated for removal in Python 3.15",
                  DeprecationWarning, stacklevel=2)

    def wrapped_decorator(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        if hasattr(decorator, name):
            setattr(wrapped_decorator, name, getattr(decorator, name))
    wrapped_decorator.__wrapped__ = decorator
    return wrapped_decorator


def evaluate_forward_ref(forward_ref, *, owner=None, globals=None, locals=None, type_params=None, format=None):
    """Evaluate a forward reference as a type hint."""
    from annotationlib import Format
    if format == Format.STRING:
        return forward_ref.__resolved_str__
    if owner is None:
        owner = forward_ref.__owner__
    if globals is None and forward_ref.__forward_module__ is not None:
        globals = getattr(_sys.modules.get(forward_ref.__forward_module__), "__dict__", None)
    return _Evaluation(globals, locals, type_params, owner, format).of(forward_ref)


class _Evaluation:
    """Hints with all references in them evaluated, in some namespaces."""

    def __init__(self, globals, locals, type_params=None, owner=None, format=None):
        self.names = {"globals": globals, "locals": locals, "type_params": type_params, "owner": owner}
        if format is not None:
            self.names["format"] = format
        self.prefers_module = False

    def of_hint(self, value, **place):
        """What an annotation as a whole stands for."""
        if isinstance(value, str):
            from annotationlib import ForwardRef
            value = ForwardRef(value, **place)
        value = self.of(value)
        return type(None) if value is None else value

    def of(self, value, seen=frozenset()):
        """`seen`: the references within which this one stands; they stay as they are."""
        if _is_reference(value):
            return value if value.__forward_arg__ in seen else self.of_reference(value, seen | {value.__forward_arg__})
        if isinstance(value, (_GenericAlias, GenericAlias, Union)) and not isinstance(value, _LiteralGenericAlias):
            args = tuple(self.of_argument(one, seen) for one in value.__args__)
            if not all(a is b for a, b in zip(args, value.__args__)):
                value = _with_arguments(value, args)
            elif isinstance(value, GenericAlias) and value.__unpacked__:
                value = Unpack[value.__origin__[args]]
        return value

    def of_reference(self, value, seen):
        found = value.evaluate(**self.names | self.own_names(value))
        if isinstance(found, str):
            from annotationlib import ForwardRef
            found = ForwardRef(found, module=value.__forward_module__, owner=self.names["owner"] or value.__owner__,
                               is_argument=value.__forward_is_argument__, is_class=value.__forward_is_class__)
        return found if found is value else self.of(found, seen)

    def own_names(self, value):
        """A reference that knows its module is looked up there, when the hints of an object are wanted."""
        module = value.__forward_module__
        if module is None or not self.prefers_module:
            return {}
        names = getattr(_sys.modules.get(module), "__dict__", None)
        parameters = getattr(self.names["owner"], "__type_params__", ())
        return {"globals": names | {one.__name__: one for one in parameters} if names and parameters else None}

    def of_argument(self, value, seen):
        if isinstance(value, list):
            return [self.of(one, seen) for one in value]
        if isinstance(value, str):
            from annotationlib import ForwardRef
            value = ForwardRef(value)
        return self.of(value, seen)


def _is_reference(value):
    return type(value).__name__ == "ForwardRef" and type(value).__module__ == "annotationlib"


def _with_arguments(value, args):
    """A generic type with other arguments."""
    if isinstance(value, Union):
        return Union[args]
    if not isinstance(value, GenericAlias):
        return value._with(args)
    if value.__unpacked__:
        return Unpack[value.__origin__[args]]
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
        evaluation = _Evaluation(*_namespaces(owner, globalns, localns), (), obj, format)
        evaluation.prefers_module = True
        place = {"is_argument": not isinstance(owner, (type, type(_sys))), "is_class": isinstance(owner, type)}
        hints.update((name, evaluation.of_hint(value, **place)) for name, value in annotations.items())
    return hints if include_extras or format == Format.STRING else {
        name: _without_extras(value) for name, value in hints.items()}


def _namespaces(owner, globals, locals):
    """Where the references in an owner's hints are looked up: its own type parameters before what is outside."""
    if isinstance(owner, type):
        if globals is None and locals is None:
            # The names of the module come before those of the class, as they always did.
            globals, locals = dict(vars(owner)), getattr(_sys.modules.get(owner.__module__), "__dict__", {})
        else:
            locals = dict(vars(owner)) if locals is None else locals
            globals = getattr(_sys.modules.get(owner.__module__), "__dict__", {}) if globals is None else globals
    else:
        globals = _globals_of(owner) if globals is None else globals
        locals = globals if locals is None else locals
    parameters = {one.__name__: one for one in getattr(owner, "__type_params__", ())}
    if parameters:
        hidden = globals if isinstance(owner, type) else {}
        parameters = {name: one for name, one in parameters.items() if name not in hidden}
        globals, locals = globals | parameters, {name: locals[name] for name in locals if name not in parameters}
    return globals, locals


def _globals_of(owner):
    if isinstance(owner, type(_sys)):
        return vars(owner)
    seen, given = {id(owner)}, owner
    while hasattr(owner, "__wrapped__"):
        owner = owner.__wrapped__
        if id(owner) in seen:
            raise ValueError(f"wrapper loop when unwrapping {given!r}")
        seen.add(id(owner))
    return getattr(owner, "__globals__", {})


def _without_extras(value):
    if isinstance(value, _AnnotatedAlias):
        return _without_extras(value.__origin__)
    if getattr(value, "__origin__", None) in (Required, NotRequired, ReadOnly) and isinstance(value, _FormAlias):
        return _without_extras(value.__args__[0])
    if isinstance(value, (_GenericAlias, GenericAlias, Union)) and not isinstance(value, _LiteralGenericAlias):
        args = tuple(map(_without_extras, value.__args__))
        if all(a is b for a, b in zip(args, value.__args__)):
            return value
        return _with_arguments(value, args)
    return value
