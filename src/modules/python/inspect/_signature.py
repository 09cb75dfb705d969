"""Signatures of callables: how they are shown, and how arguments are bound to them. `_finder` finds them out."""

import types
from annotationlib import Format, ForwardRef
from collections import OrderedDict
from enum import IntEnum
from keyword import iskeyword

__all__ = ["Parameter", "Signature", "BoundArguments", "signature", "formatannotation", "formatannotationrelativeto"]

# The classes say that they are from the package.
__name__ = "inspect"


class _void:
    """Stands for what is not to be replaced."""


class _empty:
    """Stands for a default or an annotation that there is not."""


class _ParameterKind(IntEnum):
    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    def __new__(cls, description):
        member = int.__new__(cls, len(cls.__members__))
        member._value_ = len(cls.__members__)
        member.description = description
        return member

    def __str__(self):
        return self.name


POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _ParameterKind
_VARIADIC = (VAR_POSITIONAL, VAR_KEYWORD)
_POSITIONAL = (POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD)


def formatannotation(annotation, base_module=None, *, quote_annotation_strings=True):
    """An annotation as it is shown in a signature."""
    if not quote_annotation_strings and isinstance(annotation, str):
        return annotation
    of_typing = getattr(annotation, "__module__", None) == "typing" or isinstance(annotation, types.UnionType)
    if of_typing or repr(annotation).startswith("typing."):
        import re
        return re.sub(r"[\w.]+", lambda name: name[0].removeprefix("typing."), repr(annotation))
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    if isinstance(annotation, ForwardRef):
        return annotation.__forward_arg__
    return repr(annotation)


def formatannotationrelativeto(object):
    """A function that shows annotations as they would stand in the module of an object."""
    module = getattr(object, "__module__", None)
    return lambda annotation: formatannotation(annotation, module)


class Parameter:
    """A parameter of a function: name, kind, default, annotation."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _ParameterKind
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind") from None
        if default is not _empty and self._kind in _VARIADIC:
            raise ValueError(f"{self._kind.description} parameters cannot have default values")
        self._default, self._annotation = default, annotation
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if name[:1] == "." and name[1:].isdigit():
            # The iterable of a comprehension.
            if self._kind is not POSITIONAL_OR_KEYWORD:
                raise ValueError("implicit arguments must be passed as positional or keyword arguments, not "
                                 f"{self._kind.description}")
            self._kind, name = POSITIONAL_ONLY, f"implicit{name[1:]}"
        if iskeyword(name) and self._kind is not POSITIONAL_ONLY or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def __reduce__(self):
        return type(self), (self._name, self._kind), {"_default": self._default, "_annotation": self._annotation}

    def __setstate__(self, state):
        self._default, self._annotation = state["_default"], state["_annotation"]

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """A parameter that differs in what is given."""
        return type(self)(self._name if name is _void else name, self._kind if kind is _void else kind,
                          default=self._default if default is _void else default,
                          annotation=self._annotation if annotation is _void else annotation)

    __replace__ = replace

    def __str__(self):
        return self._format()

    def _format(self, *, quote_annotation_strings=True):
        text, equals = self._name, "="
        if self._annotation is not _empty:
            text += ": " + formatannotation(self._annotation, quote_annotation_strings=quote_annotation_strings)
            equals = " = "
        if self._default is not _empty:
            text += equals + repr(self._default)
        return {VAR_POSITIONAL: "*", VAR_KEYWORD: "**"}.get(self._kind, "") + text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def _parts(self):
        return self._name, self._kind, self._annotation, self._default

    def __hash__(self):
        return hash(self._parts())

    def __eq__(self, other):
        if self is other:
            return True
        return self._parts() == other._parts() if isinstance(other, Parameter) else NotImplemented


class BoundArguments:
    """Arguments by the parameters that they are for."""

    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    signature = property(lambda self: self._signature)

    @property
    def args(self):
        """Those that are passed by position."""
        found = []
        for name, parameter in self._signature.parameters.items():
            if parameter.kind in (KEYWORD_ONLY, VAR_KEYWORD) or name not in self.arguments:
                break
            if parameter.kind is VAR_POSITIONAL:
                found.extend(self.arguments[name])
            else:
                found.append(self.arguments[name])
        return tuple(found)

    @property
    def kwargs(self):
        """Those that are passed by name."""
        found, named = {}, False
        for name, parameter in self._signature.parameters.items():
            # After one that is missing the others have to be named.
            if parameter.kind in (KEYWORD_ONLY, VAR_KEYWORD) or name not in self.arguments:
                named = True
            if not named or name not in self.arguments:
                continue
            if parameter.kind is VAR_KEYWORD:
                found.update(self.arguments[name])
            elif parameter.kind is not VAR_POSITIONAL:
                found[name] = self.arguments[name]
        return found

    def apply_defaults(self):
        """Adds the defaults of the arguments that are missing."""
        complete = {}
        for name, parameter in self._signature.parameters.items():
            if name in self.arguments:
                complete[name] = self.arguments[name]
            elif parameter.default is not _empty:
                complete[name] = parameter.default
            elif parameter.kind is VAR_POSITIONAL:
                complete[name] = ()
            elif parameter.kind is VAR_KEYWORD:
                complete[name] = {}
        self.arguments = complete

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __setstate__(self, state):
        self._signature, self.arguments = state["_signature"], state["arguments"]

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __repr__(self):
        shown = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"<{type(self).__name__} ({shown})>"


class Signature:
    """The parameters of a callable, and the annotation of what it returns."""

    __slots__ = ("_return_annotation", "_parameters")

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        found, before, kinds, has_default = OrderedDict(), POSITIONAL_ONLY, set(), False
        for parameter in parameters or () if parameters is None or __validate_parameters__ else parameters:
            if __validate_parameters__:
                name, kind = _checked(parameter, before, kinds, found)
                if kind in _POSITIONAL:
                    if parameter.default is not _empty:
                        has_default = True
                    elif has_default:
                        raise ValueError("non-default argument follows default argument")
                before = kind
                kinds.add(kind)
            found[parameter.name] = parameter
        self._parameters = types.MappingProxyType(found)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False,
                      annotation_format=Format.VALUE):
        """The signature of a callable."""
        from ._finder import Finder
        found = Finder(cls, follow_wrapped, {"globals": globals, "locals": locals, "eval_str": eval_str,
                                             "format": annotation_format}).of(obj)
        return found

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def replace(self, *, parameters=_void, return_annotation=_void):
        """A signature that differs in what is given."""
        return type(self)(self.parameters.values() if parameters is _void else parameters,
                          return_annotation=self._return_annotation if return_annotation is _void else return_annotation)

    __replace__ = replace

    def _parts(self):
        """What makes signatures equal: the order of keyword-only parameters does not count."""
        all_ = self.parameters.values()
        return (tuple(one for one in all_ if one.kind is not KEYWORD_ONLY),
                {one.name: one for one in all_ if one.kind is KEYWORD_ONLY}, self.return_annotation)

    def __hash__(self):
        positional, keywords, returned = self._parts()
        return hash((positional, frozenset(keywords.values()), returned))

    def __eq__(self, other):
        if self is other:
            return True
        return self._parts() == other._parts() if isinstance(other, Signature) else NotImplemented

    def bind(self, /, *args, **kwargs):
        """The arguments by parameter; TypeError if they do not fit."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """As bind, but arguments may be missing."""
        return self._bind(args, kwargs, partial=True)

    def _bind(self, args, kwargs, *, partial=False):
        found, left, kwargs = {}, list(args), dict(kwargs)
        rest_of_keywords, all_given = None, True
        for name, parameter in self._parameters.items():
            kind = parameter.kind
            if kind in _VARIADIC or parameter.default is not _empty or name in kwargs:
                all_given = all_given and bool(left)
            if kind is VAR_POSITIONAL:
                if left:
                    found[name], left = tuple(left), []
            elif kind is VAR_KEYWORD:
                rest_of_keywords = name
            elif left and kind in _POSITIONAL:
                if name in kwargs and kind is not POSITIONAL_ONLY:
                    raise TypeError(f"multiple values for argument {name!r}")
                found[name] = left.pop(0)
            elif left:
                raise TypeError("too many positional arguments")
            elif name in kwargs and kind is not POSITIONAL_ONLY:
                found[name] = kwargs.pop(name)
            elif parameter.default is _empty and (not partial or kind is POSITIONAL_ONLY and name in kwargs):
                self._refuse_missing(parameter, kwargs, all_given)
        if left:
            raise TypeError("too many positional arguments")
        if kwargs and rest_of_keywords is None:
            self._refuse_keywords(kwargs, found)
        if kwargs:
            found[rest_of_keywords] = kwargs
        return BoundArguments(self, found)

    def _refuse_missing(self, parameter, kwargs, all_given):
        """`all_given`: the arguments for all parameters before were passed by position."""
        what = "argument"
        if parameter.kind is KEYWORD_ONLY and all_given:
            what = "keyword-only argument"
        elif parameter.kind is POSITIONAL_ONLY and parameter.name in kwargs:
            what = "positional-only argument"
        raise TypeError(f"missing a required {what}: {parameter.name!r}")

    def _refuse_keywords(self, kwargs, found):
        names = [one.name for one in self._parameters.values()
                 if one.kind is POSITIONAL_ONLY and one.name in kwargs and one.name not in found]
        if names:
            raise TypeError(f"got some positional-only arguments passed as keyword arguments: {', '.join(names)!r}")
        raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")

    def __reduce__(self):
        return (type(self), (tuple(self._parameters.values()),), {"_return_annotation": self._return_annotation})

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def __repr__(self):
        return f"<{type(self).__name__} {self}>"

    def __str__(self):
        return self.format()

    def format(self, *, max_width=None, quote_annotation_strings=True):
        """The signature as it would be written, a parameter on each line if it is longer than max_width."""
        parts, marked, before = [], False, None
        for parameter in self.parameters.values():
            if before is POSITIONAL_ONLY and parameter.kind is not POSITIONAL_ONLY:
                parts.append("/")
            if parameter.kind is VAR_POSITIONAL:
                marked = True
            elif parameter.kind is KEYWORD_ONLY and not marked:
                parts.append("*")
                marked = True
            parts.append(parameter._format(quote_annotation_strings=quote_annotation_strings))
            before = parameter.kind
        if before is POSITIONAL_ONLY:
            parts.append("/")
        text = f"({', '.join(parts)})"
        if max_width is not None and len(text) > max_width:
            text = "(\n    " + ",\n    ".join(parts) + "\n)"
        if self.return_annotation is not _empty:
            text += " -> " + formatannotation(self.return_annotation, quote_annotation_strings=quote_annotation_strings)
        return text


def _checked(parameter, before, kinds, found):
    """The name and the kind of a parameter that may stand behind those before it."""
    kind, name = parameter.kind, parameter.name
    if kind in _VARIADIC and kind in kinds:
        raise ValueError(f"more than one {kind.description} parameter")
    if kind < before:
        raise ValueError(f"wrong parameter order: {before.description} parameter before {kind.description} parameter")
    if name in found:
        raise ValueError(f"duplicate parameter name: {name!r}")
    return name, kind


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False, annotation_format=Format.VALUE):
    """Get a signature object for the passed callable."""
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str,
                                   annotation_format=annotation_format)
