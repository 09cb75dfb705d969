"""inspect.signature: functions, methods, classes, partial objects, native ones; binding; what is refused."""

import functools
import inspect
from dataclasses import dataclass, field
from enum import Enum
from inspect import BoundArguments, Parameter, Signature, signature
from typing import Any, Callable, NamedTuple, Optional
import typing


def tell(what, *args, **kwargs):
    try:
        print(what(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


def plain(a, b=2, *rest, c, d: int = 4, **others) -> str: ...
def positional(a, b=1, /, c=2, *, d): ...
def annotated(a: int, b: "Undefined" = None, *c: float, d: list[int], e: Optional[str] = "x", f: Callable[[int], str] | None = None, g: Any = ..., **h: typing.Any) -> dict[str, int]: ...
def nothing(): ...
async def coroutine(a): ...
def generator(*, x): yield
def long(a_parameter, another_parameter, a_third_parameter: int, a_fourth_parameter: str = "default") -> None: ...


for function in (plain, positional, annotated, nothing, coroutine, generator, long, lambda x, *y, z=1: 0, lambda: 0):
    print(signature(function), repr(signature(function)))
print(signature(long).format(max_width=40))
print(signature(annotated).format(quote_annotation_strings=False))
for name, parameter in signature(annotated).parameters.items():
    print(name, parameter.kind, parameter.kind.description, parameter.default, parameter.annotation, repr(parameter))
print(signature(annotated).return_annotation, signature(nothing).return_annotation is Signature.empty, Signature.empty is inspect.Parameter.empty, Parameter.empty)


class Class:
    def __init__(self, a, *, b=1): ...
    def method(self, x, /, y: int): ...
    @classmethod
    def of_class(cls, x): ...
    @staticmethod
    def static(x, y=2): ...
    def __call__(self, called, *args): ...
    @functools.partialmethod
    def wrong(self): ...
    partial = functools.partialmethod(method, 1)
    @property
    def prop(self): ...


class New:
    def __new__(cls, x, y=1): ...


class Both(New):
    def __init__(self, z): ...


class Child(Class): ...
class Empty: ...
class Error(Exception): ...
class Meta(type):
    def __call__(cls, from_meta): ...
class WithMeta(metaclass=Meta): ...
class Point(NamedTuple):
    x: int
    y: int = 0
class Color(Enum):
    RED = 1
class Mapping(dict): ...
class Listing(list): ...


@dataclass
class Data:
    a: int
    b: str = "x"
    c: list = field(default_factory=list, kw_only=True)


one = Class(1)
for thing in (Class, Class.method, one.method, Class.of_class, one.of_class, Class.static, one.static, one, Class.partial, one.partial, New, Both, Child, Empty, WithMeta,
              Point, Data, Data.__init__, Class.__call__, Class.prop.fget, Point._make, Error, Mapping, Listing):
    tell(lambda: f"{getattr(thing, '__name__', type(thing).__name__)} {signature(thing)}")
for thing in (len, print, sorted, sum, max, getattr, iter, [].append, list.append, "".join, str.join, str.split, dict.get, dict.pop, dict.fromkeys, int.from_bytes, (5).to_bytes, object.__init__, int.__add__,
              int, str, list, dict, type, object, map, zip, range, property, enumerate, bool, float, set, tuple, bytes, super, isinstance, abs, divmod, round, pow, any, id, Exception):
    try:
        print(getattr(thing, "__name__", thing), signature(thing))
    except ValueError as error:
        print(str(error).split(" at 0x")[0])
for thing in (5, None, "x", [1]):
    try:
        signature(thing)
    except TypeError as error:
        print(str(error).split(" from ")[0])


# ---- decorators, partial objects, given signatures
def decorator(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper


wrapped = decorator(plain)
print(signature(wrapped), signature(wrapped, follow_wrapped=False))
print(signature(functools.lru_cache(plain)), signature(functools.partial(wrapped, 1)))
wrapped.__signature__ = Signature([Parameter("given", Parameter.POSITIONAL_ONLY)])
print(signature(wrapped))
wrapped.__signature__ = 5
tell(signature, wrapped)
partial = functools.partial
for made in (partial(plain), partial(plain, 1), partial(plain, 1, 2, 3), partial(plain, c=5), partial(plain, b=5), partial(plain, a=1), partial(positional, 1), partial(positional, 1, 2, 3), partial(plain, x=1),
             partial(partial(plain, 1), c=2), partial(positional, c=9), partial(nothing, 1)):
    tell(signature, made)
tell(signature, partial(plain, functools.Placeholder, 5))


@functools.singledispatch
def dispatched(arg, other): ...


print(signature(dispatched), signature(functools.cache(nothing)))

# ---- binding
s = signature(plain)
for args, kwargs in (((1,), {"c": 3}), ((1, 2, 3, 4), {"c": 5, "x": 6}), ((), {"a": 1, "c": 2}), ((), {}), ((1,), {}), ((1, 2), {"b": 3, "c": 1}), ((1,), {"c": 1, "d": 2, "z": 3})):
    tell(s.bind, *args, **kwargs)
    tell(s.bind_partial, *args, **kwargs)
s = signature(positional)
for args, kwargs in (((1,), {"d": 1}), ((1, 2, 3, 4), {"d": 1}), ((), {"a": 1, "d": 1}), ((1,), {"b": 1, "d": 1}), ((1,), {"d": 1, "q": 2}), ((1,), {}), ((1, 2, 3), {"c": 1, "d": 2})):
    tell(s.bind, *args, **kwargs)
    tell(s.bind_partial, *args, **kwargs)
bound = signature(plain).bind(1, c=3)
print(bound.args, bound.kwargs, bound.arguments, bound.signature is not None)
bound.apply_defaults()
print(bound, bound.args, bound.kwargs)
bound.arguments["rest"] = (7, 8)
print(bound.args, plain.__name__, bound == signature(plain).bind(1, 2, 7, 8, c=3, d=4), isinstance(bound, BoundArguments))
print(signature(plain).bind(1, 2, 3, c=4, z=5).args)
tell(signature(lambda self, /, **kw: 0).bind, 1, self=2)
tell(signature(nothing).bind, 1)

# ---- made by hand
P = Parameter
a, b = P("a", P.KEYWORD_ONLY), P("b", P.POSITIONAL_ONLY)
tell(P, "x", 9)
tell(P, 5, P.KEYWORD_ONLY)
tell(P, "1", P.KEYWORD_ONLY)
tell(P, "class", P.KEYWORD_ONLY)
tell(P, "a", P.VAR_POSITIONAL, default=3)
tell(P, ".0", P.POSITIONAL_OR_KEYWORD)
tell(P, ".0", P.KEYWORD_ONLY)
tell(Signature, [a, b])
tell(Signature, [a, a])
tell(Signature, [P("a", P.POSITIONAL_ONLY, default=1), b])
tell(Signature, [P("a", P.VAR_POSITIONAL), P("b", P.VAR_POSITIONAL)])
tell(a.replace, name="q", annotation=int, default=3)
print(a == P("a", P.KEYWORD_ONLY), hash(a) == hash(P("a", P.KEYWORD_ONLY)), a != b, a == 5)
made = Signature([b, P("c", P.VAR_POSITIONAL), a], return_annotation=int)
print(made, made == made.replace(), made.replace(return_annotation=Signature.empty), made.replace(parameters=[a]), hash(made) == hash(made.replace()))
print(signature(lambda *, x, y: 0) == signature(lambda *, y, x: 0), signature(lambda x, y: 0) == signature(lambda y, x: 0))
print(list(P.POSITIONAL_ONLY.__class__), P.KEYWORD_ONLY < P.VAR_KEYWORD, str(P.VAR_POSITIONAL))
print(Signature.from_callable(plain) == signature(plain), inspect.formatannotation(list[int]), inspect.formatannotation(typing.List[int]), inspect.formatannotation(int), inspect.formatannotation(Class))


def later(a: NotThere, b: "int") -> "list[str]": ...


tell(signature, later)


def texts(a: "int", b: "list[str]" = 1) -> "None": ...


print(signature(texts), signature(texts, eval_str=True))

# ---- the older ways
for function in (plain, positional, annotated, one.method, Class.of_class, Class, len, one):
    try:
        print(inspect.getfullargspec(function))
    except TypeError as error:
        print(error)
tell(inspect.getfullargspec, 5)
print(inspect.getargs(plain.__code__))
tell(inspect.getcallargs, plain, 1, c=3)
tell(inspect.getcallargs, plain, 1, 2, 3, c=4, z=5)
for args, kwargs in (((), {}), ((1,), {}), ((1, 2), {"b": 1}), ((), {"zz": 1})):
    tell(inspect.getcallargs, plain, *args, **kwargs)
tell(inspect.getcallargs, nothing, 1)
tell(inspect.getcallargs, nothing, x=1)
tell(inspect.getcallargs, lambda a, b, c, d=1: 0)
tell(inspect.getcallargs, lambda a, b=1: 0, 1, 2, 3)
tell(inspect.getcallargs, one.method, 1, 2)

# ---- the texts of native signatures
for thing in (len, print, globals, max, getattr, sorted, str.join, list.append, dict.get, dict.fromkeys, int.from_bytes, object.__init__, int.__add__, (5).__add__, [].append, str.__len__):
    print(thing.__name__, thing.__text_signature__)
