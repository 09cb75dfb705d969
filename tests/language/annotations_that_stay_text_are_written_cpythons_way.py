from __future__ import annotations

import dataclasses
import typing
from typing import ParamSpec, TypeAliasType, TypeVar, TypeVarTuple


def strings(
    a: u'some', b: U'x', c: "a" u"b", d: u"a" "b", e: f"{x!r}", f: f'{x=}', g: f"{x:>{width}}", h: f'{ {1: 2} }', i: f"it's {x}",
    j: f'{{}}{x!s}"', k: t"{a} { b + 1 !r:x}", l: b"\x00'", m: f"a" "b{}" f"{c}", n: f"{x = !s:>3}", o: f"{'nested'}", p: "tab\t",
): pass


def numbers(a: 1e1000, b: 1e999j, c: -1e400, d: 1 .real, e: 0x10, f: 1_000.50, g: 1e16, h: 5j, i: -1 ** 2, j: (1e309, 1e309j)): pass


def functions(
    a: lambda x:1, b: lambda: 0, c: lambda x, /, y=2, *z, k, **w: (x, y), d: lambda *, k=1: k, e: lambda *a: a, f: (lambda: 1)(),
    g: lambda x, /: x, h: lambda **k: k, i: [lambda: 1, 2],
): pass


def comprehensions(
    a: [x for  x in  y], b: {x for x in y if x if  z}, c: {k:v for k, v in y}, d: (x for (x, y) in z for x in y), e: f(x for x in y),
    f: f((x for x in y), 1), g: [(x, y) for x, in (a or b)], h: [x for x in (a if b else c) if (a if b else c)], i: [*x], j: [[x] for x in y],
): pass


def operators(
    a: not  x, b: x  if y else  z, c: a<b<c, d: x@y, e: s.b.c(d, *e, f=1, **g), f: {**a, 'b':1}, g: x[1:2, ...], h: x[(1, 2)], i: x[()],
    j: (x if y else z) if a else b, k: (x, ), l: x[y,], m: (a or b) and c, n: not (a and b), o: (not a) == b, p: a ** -b, q: (-a) ** b,
    r: x[a:b, c], s: x[::2], t: (a < b) < c, u: a not in b, v: a is not b, y: x[*y], z: x[lambda: 1:2],
): pass


for function in (strings, numbers, functions, comprehensions, operators):
    for name, text in function.__annotations__.items():
        print(name, text)

for target in ("object.__debug__: int", "x.__debug__: int = 3"):
    for before in ("", "from __future__ import annotations\n"):
        try:
            exec(before + target)
        except SyntaxError as error:
            print(error)


# Hints are looked up in the module of the class, also those of what is made for it.
class Foo: pass


@dataclasses.dataclass
class Bar:
    foo: Foo
    many: list[Foo] = dataclasses.field(default_factory=list)


print(typing.get_type_hints(Bar.__init__))
print(typing.get_type_hints(Bar))
print(Bar.__init__.__globals__ is globals(), Bar(1), Bar(1) == Bar(1, []))


def around(): pass
def again(): pass


around.__wrapped__, again.__wrapped__ = again, around


def t(compute):
    try:
        print(compute())
    except BaseException as error:
        print(type(error).__name__, error)


t(lambda: typing.get_type_hints(again))
T, D, N, P, Ts = TypeVar("T"), TypeVar("D", default=int), TypeVar("N", default=None), ParamSpec("P"), TypeVarTuple("Ts")
for parameters in ((1,), (1, 2), (T, 2), (D, T), (D, P), (N, T), (T, D), (D, Ts), (T, P, Ts), [T], (), (int,), ("T",)):
    t(lambda: TypeAliasType("A", int, type_params=parameters).__type_params__)
reference = typing.ForwardRef("list['Foo']", owner=Bar)
t(lambda: typing.evaluate_forward_ref(reference))
t(lambda: typing.evaluate_forward_ref(typing.ForwardRef("list['Counter']", module="collections")))
