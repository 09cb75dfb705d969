"""How `inspect.signature` finds out what a callable takes."""

import functools
import sys
import types
from annotationlib import get_annotations

from _static_attributes import getattr_static
from _statics import has_signature

from . import unwrap
from ._builtin_classes import SIGNATURES
from ._signature import (KEYWORD_ONLY, POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_KEYWORD, VAR_POSITIONAL, Parameter,
                         Signature, _empty, _POSITIONAL, _void)

_NATIVE = (type(len), type(str.join), type(object.__init__), type(object().__str__), type(dict.__dict__["fromkeys"]))


class Finder:
    """Finds signatures; the options are those of `signature`."""

    def __init__(self, cls, follow_wrapped, annotations):
        self.cls, self.follow_wrapped, self.annotations = cls, follow_wrapped, annotations

    def of(self, obj):
        if not callable(obj):
            raise TypeError(f"{obj!r} is not a callable object")
        if isinstance(obj, types.MethodType):
            return self.bound(obj.__func__)
        if self.follow_wrapped:
            obj = unwrap(obj, stop=lambda one: hasattr(one, "__signature__") or isinstance(one, types.MethodType))
            if isinstance(obj, types.MethodType):
                return self.of(obj)
        given = getattr(obj, "__signature__", None)
        if given is not None:
            if isinstance(given, str):
                return self.parsed(obj, given)
            if not isinstance(given, Signature):
                raise TypeError(f"unexpected object {given!r} in __signature__ attribute")
            return given
        partial = getattr(obj, "__partialmethod__", None)
        if isinstance(partial, functools.partialmethod):
            return self.of_partialmethod(partial)
        if isinstance(obj, types.FunctionType) or _is_like_a_function(obj):
            return self.of_function(obj)
        if isinstance(obj, _NATIVE):
            return self.of_native(obj)
        if isinstance(obj, functools.partial):
            return _without_given(self.of(obj.func), obj)
        if isinstance(obj, type):
            return self.of_class(obj)
        text = getattr(obj, "__text_signature__", None)
        if text is not None:
            return self.parsed(obj, text)
        call = getattr_static(type(obj), "__call__", None)
        if call is None or isinstance(call, _NATIVE) and not getattr(call, "__text_signature__", None):
            raise ValueError(f"callable {obj!r} is not supported by signature")
        return self.of(_bound_to(obj, call))

    def bound(self, function):
        """The signature of a function whose first argument is given."""
        return _without_first(self.of(function))

    def of_partialmethod(self, partial):
        wrapped = self.of(partial.func)
        given = _without_given(wrapped, partial, skip=1)
        first = next(iter(wrapped.parameters.values()))
        if first.kind is VAR_POSITIONAL:
            return given
        if functools.Placeholder in partial.args:
            first = first.replace(kind=POSITIONAL_ONLY)
        return given.replace(parameters=(first, *given.parameters.values()))

    def of_function(self, function):
        if not has_signature(function):
            raise ValueError(f"no signature found for builtin {function!r}")
        text = getattr(function, "__text_signature__", None)
        if text:
            return self.parsed(function, text)
        code = function.__code__
        names, count = code.co_varnames, code.co_argcount
        annotations = get_annotations(function, **self.annotations)
        defaults, keyword_defaults = function.__defaults__ or (), function.__kwdefaults__ or {}
        found = []

        def add(name, kind, default=_empty):
            found.append(Parameter(name, kind, default=default, annotation=annotations.get(name, _empty)))
        for at, name in enumerate(names[:count]):
            kind = POSITIONAL_ONLY if at < code.co_posonlyargcount else POSITIONAL_OR_KEYWORD
            from_end = at - count + len(defaults)
            add(name, kind, defaults[from_end] if from_end >= 0 else _empty)
        keywords = count + code.co_kwonlyargcount
        rest = keywords
        if code.co_flags & 0x04:
            add(names[rest], VAR_POSITIONAL)
            rest += 1
        for name in names[count:keywords]:
            add(name, KEYWORD_ONLY, keyword_defaults.get(name, _empty))
        if code.co_flags & 0x08:
            add(names[rest], VAR_KEYWORD)
        return self.cls(found, return_annotation=annotations.get("return", _empty))

    def of_native(self, obj):
        text = getattr(obj, "__text_signature__", None)
        if not text:
            raise ValueError(f"no signature found for builtin {obj!r}")
        return self.parsed(obj, text)

    def parsed(self, obj, text):
        try:
            found = parse(text, sys.modules.get(getattr(obj, "__module__", None)))
        except (SyntaxError, ValueError, NameError):
            raise ValueError(f"{obj!r} builtin has invalid signature") from None
        if getattr(obj, "__self__", None) is not None and found and text.startswith(("($self", "(self", "($type", "(type")):
            del found[0]
        if text.startswith("($module"):
            del found[0]
        return self.cls(found)

    def of_class(self, cls):
        call = getattr_static(type(cls), "__call__")
        if not isinstance(call, _NATIVE):
            return self.of(_bound_to(cls, call))
        if cls is type:
            raise ValueError(f"no signature found for builtin {cls!r}")
        if type in cls.__mro__ and cls.__new__ is type.__new__ and cls.__init__ is type.__init__:
            raise ValueError(f"callable {cls!r} is not supported by signature")
        for base in cls.__mro__[:-1]:
            # Whichever of both a class defines; `__new__` counts first where one class has both.
            for name in ("__new__", "__init__"):
                method = base.__dict__.get(name)
                if method is not None and not self.is_native(getattr(method, "__func__", method)):
                    return self.of_maker(cls, base, name)
            text = base.__dict__.get("__text_signature__")
            if not isinstance(text, str):
                # The classes of functions say so of their instances.
                name = base.__name__ if base.__module__ == "builtins" else f"{base.__module__}.{base.__name__}"
                text = SIGNATURES.get(name)
            if text:
                return self.parsed(base, text)
            own = (base.__dict__.get(name) for name in ("__new__", "__init__"))
            if any(isinstance(getattr(method, "__func__", method), _NATIVE) for method in own):
                raise ValueError(f"no signature found for builtin type {cls!r}")
        return self.cls(())

    def is_native(self, method):
        """Whether a method is a built-in one, or only wraps one."""
        return isinstance(unwrap(method) if self.follow_wrapped else method, _NATIVE)

    def of_maker(self, cls, base, name):
        """The signature of a class by the `__new__` or `__init__` that one of its bases defines."""
        method = base.__dict__[name]
        function = getattr(method, "__func__", method)
        if isinstance(function, types.FunctionType) and not has_signature(function):
            raise ValueError(f"no signature found for builtin type {cls!r}")
        text = base.__dict__.get("__text_signature__")
        if isinstance(text, str):
            return self.parsed(base, text)
        return self.bound(getattr(cls, name)) if name == "__new__" else self.of(_bound_to(cls, method))


def _bound_to(obj, attribute):
    """What an attribute of an object's class is on the object."""
    get = getattr(type(attribute), "__get__", None)
    return attribute if get is None else get(attribute, obj, type(obj))


def _is_like_a_function(obj):
    """An object that is none, and still has all that a function has; compilers of Python make such."""
    if not callable(obj) or isinstance(obj, type):
        return False
    defaults, named = getattr(obj, "__defaults__", _void), getattr(obj, "__kwdefaults__", _void)
    return (isinstance(getattr(obj, "__code__", None), types.CodeType) and isinstance(getattr(obj, "__name__", None), str)
            and (defaults is None or isinstance(defaults, tuple)) and (named is None or isinstance(named, dict))
            and isinstance(getattr(obj, "__annotations__", None), (dict, type(None))))


def _without_first(found):
    """A signature without the parameter that is bound."""
    parameters = list(found.parameters.values())
    if not parameters or parameters[0].kind in (VAR_KEYWORD, KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if parameters[0].kind is not VAR_POSITIONAL:
        del parameters[0]
    return found.replace(parameters=parameters)


def _without_given(found, partial, skip=0):
    """A signature without the arguments that a partial object has; `skip` more parameters before these are left out."""
    placeholder = getattr(functools, "Placeholder", _empty)
    parameters = list(found.parameters.values())
    parameters = parameters[skip:] if not parameters or parameters[0].kind is not VAR_POSITIONAL else parameters
    given, kept, named = list(partial.args), [], False
    try:
        found.bind_partial(*(None,) * skip, *partial.args, **partial.keywords)
    except TypeError as error:
        raise ValueError(f"partial object {partial!r} has incorrect arguments") from error
    for parameter in parameters:
        if given and parameter.kind in _POSITIONAL:
            if given.pop(0) is placeholder:
                kept.append(parameter.replace(kind=POSITIONAL_ONLY, default=_empty))
            continue
        if parameter.name in partial.keywords and parameter.kind in (POSITIONAL_OR_KEYWORD, KEYWORD_ONLY):
            # It may still be passed, but only by name, and so may what follows.
            named = True
            kept.append(parameter.replace(kind=KEYWORD_ONLY, default=partial.keywords[parameter.name]))
        elif named and parameter.kind is POSITIONAL_OR_KEYWORD:
            kept.append(parameter.replace(kind=KEYWORD_ONLY))
        elif not (named and parameter.kind is VAR_POSITIONAL):
            kept.append(parameter)
    return found.replace(parameters=kept)


def parse(text, module=None):
    """The parameters that a native callable's `__text_signature__` lists; defaults may be names of its module."""
    text = text.strip()
    if not (text.startswith("(") and ")" in text):
        raise ValueError(text)
    found, kind = [], POSITIONAL_OR_KEYWORD
    for part in _split(text[1:text.rindex(")")]):
        if part == "/":
            found = [one.replace(kind=POSITIONAL_ONLY) for one in found]
        elif part == "*":
            kind = KEYWORD_ONLY
        elif part.startswith("**"):
            found.append(Parameter(part[2:], VAR_KEYWORD))
        elif part.startswith("*"):
            found.append(Parameter(part[1:], VAR_POSITIONAL))
            kind = KEYWORD_ONLY
        else:
            name, equals, default = part.partition("=")
            value = eval(default, {}, {**sys.modules, **vars(module)} if module else sys.modules) if equals else _empty
            # A dollar marks what is bound: it cannot be given by name.
            found.append(Parameter(name.lstrip("$").strip(), POSITIONAL_ONLY if part[0] == "$" else kind, default=value))
    return found


def _split(text):
    """The text between the commas that stand in no brackets or quotes."""
    parts, depth, quote, start = [], 0, None, 0
    for at, c in enumerate(text):
        if quote:
            quote = None if c == quote and text[at - 1] != "\\" else quote
        elif c in "'\"":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]
