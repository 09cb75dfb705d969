"""The newer syntax at work: PEP 695 generics, match, walrus, except*, template strings, nested f-strings, positional-only."""

import asyncio
import contextvars
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from string.templatelib import Interpolation, Template
from types import SimpleNamespace
from typing import Literal, NamedTuple, Never, Self, TypedDict, assert_never, overload, override

type Tree[T] = Leaf[T] | Node[T]
type Pair[A, B = int] = tuple[A, B]


@dataclass(frozen=True)
class Leaf[T]:
    value: T


@dataclass(frozen=True)
class Node[T]:
    left: Tree[T]
    right: Tree[T]


def fold[T, R](tree: Tree[T], leaf: Callable[[T], R], node: Callable[[R, R], R]) -> R:
    match tree:
        case Leaf(value):
            return leaf(value)
        case Node(left, right):
            return node(fold(left, leaf, node), fold(right, leaf, node))
        case _:
            assert_never(tree)


class Stack[T]:
    def __init__(self, *items: T) -> None:
        self.items = list(items)

    def push(self, item: T, /) -> Self:
        self.items.append(item)
        return self

    def __iter__(self) -> Iterator[T]:
        yield from reversed(self.items)


class Base:
    def hello(self, name="you", /, *, loud: bool = False) -> str:
        return f"hello {name}{'!' * loud}"


class Derived(Base):
    @override
    def hello(self, name="all", /, *, loud=True):
        return super().hello(name, loud=loud).title()


class Movie(TypedDict, total=False):
    title: str
    year: int


class Point3(NamedTuple):
    x: float
    y: float = 0
    z: float = 0

    def __add__(self, other):
        return Point3(*map(sum, zip(self, other)))


def html(template: Template) -> str:
    escape = lambda s: s.replace("&", "&amp;").replace("<", "&lt;")
    parts = []
    for part in template:
        match part:
            case str() as text:
                parts.append(text)
            case Interpolation(value, expression, conversion, spec):
                value = {"r": repr, "s": str, "a": ascii, None: lambda v: v}[conversion](value)
                parts.append(escape(format(value, spec)))
    return "".join(parts)


def classify(thing):
    match thing:
        case None | True | False:
            return "constant"
        case int(n) | float(n) if n < 0:
            return f"negative {n}"
        case 0 | 0.0:
            return "zero"
        case int() | float():
            return "number"
        case str(s) if (length := len(s)) > 3:
            return f"long text of {length}"
        case "a" | "b" as letter:
            return f"letter {letter}"
        case [] | ():
            return "empty"
        case [x]:
            return f"one {classify(x)}"
        case [first, *_, last] if first == last:
            return f"framed by {first}"
        case [Point3(x=0), *rest]:
            return f"on the plane and {len(rest)} more"
        case {"type": "circle", "r": r, **rest}:
            return f"circle {r} {rest}"
        case {"items": [{"id": int(a)}, {"id": int(b)}]}:
            return f"ids {a} {b}"
        case Point3(x, y, z=0):
            return f"flat {x} {y}"
        case SimpleNamespace(name=str(name)):
            return f"named {name}"
        case type():
            return f"class {thing.__name__}"
        case _:
            return f"other {type(thing).__name__}"


tree = Node(Node(Leaf(3), Leaf(4)), Leaf(5))
print(fold(tree, str, lambda a, b: f"({a} {b})"), fold(tree, int, int.__add__), tree)
print(Tree, Tree.__value__, Tree.__type_params__, Pair[str], Pair.__type_params__[1].__default__, Stack[int], Stack.__type_params__)
print(list(Stack(1, 2).push(3)), Derived().hello(), Derived().hello("x", loud=False), Derived.hello.__override__)
print(fold.__type_params__, fold.__annotations__["node"], sorted(Movie.__optional_keys__), Movie(title="x"), Point3(1) + Point3(1, 2, 3))
name, user = "<b>", SimpleNamespace(name="A&B", age=41.666)
print(html(t"<p>{name} is {user.age:.1f} {user.name!r:>8}</p>"), t"{name!r:{10}}x".strings)
for thing in (None, -3, -0.5, 0, 7, "abcd", "a", "zz", [], [1], [[2.5]], [1, 2, 1], [Point3(0, 1), 5], {"type": "circle", "r": 2, "c": 1},
              {"items": [{"id": 1}, {"id": 2}]}, Point3(1, 2), SimpleNamespace(name="n"), int, {1}, b"x", range(3)):
    print(f"{thing!r:<40.40} {classify(thing)}")

width, value = 12, 3.14159
print(f"{value:{width}.{width // 4}f}|{f'{value:.2f}':>{width}}|{'nested ' + f'{"deep" + f"{1 + 1}"}'}|{value = :.1f}|{(lambda x: x * 2)(3)!s:^5}|{{}}")
print(f"{ {'a': 1}['a'] }", f"{'\n'.join(['x', 'y'])!r}", f"{[n for n in range(3)]}", f"{value:%}", f"{10**9:,} {10**9:_x} {-5:+d} {5: d}")
if (match_count := sum(1 for c in "mississippi" if c == "s")) > 3:
    print("many", match_count, [y := 1, y**2, y + 1])


async def worker(name, delay, fail=None):
    await asyncio.sleep(delay)
    if fail:
        raise fail
    return name


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(worker(n, 0.001 * i**10, e)) for i, (n, e) in enumerate([("a", None), ("b", ValueError("b broke")), ("c", None)])]
    except* ValueError as errors:
        print("values", errors.exceptions, [t.cancelled() for t in tasks])
    except* (OSError, KeyError) as errors:
        print("never", errors)
    try:
        raise ExceptionGroup("all", [TypeError("t"), ExceptionGroup("in", [KeyError("k"), OSError(2, "no")]), ValueError("v")])
    except* OSError as group:
        print("os", group, group.exceptions[0].exceptions)
    except* (KeyError, TypeError) as group:
        print("key or type", [type(e).__name__ for e in group.exceptions])
        raise
    finally:
        print("finally")


try:
    asyncio.run(main())
except BaseException as error:
    print(repr(error))
    def walk(group, depth=0):
        for e in group.exceptions:
            print("  " * depth + type(e).__name__)
            if isinstance(e, BaseExceptionGroup):
                walk(e, depth + 1)
    walk(error)
a, (b, *c), *d = 1, "xyz", 4, 5
print(a, b, c, d, *[*range(2), *"ab"], {**{"k": 1}, "k": 2}, [*{}, *()])
print((lambda a, /, b, *c, d=4, **e: (a, b, c, d, e))(1, 2, 3, d=5, f=6))


def call(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except TypeError as error:
        print("TypeError:", error)


call(Derived().hello, name="x")
call(lambda a, /, *, b: 0, 1)
call(lambda a, /, *, b: 0, a=1, b=2)
call(Stack.push)
call(Point3)
call(Leaf[int])
call(Node, 1, 2, 3)
global_value: Literal["a"] = "a"
print(__annotations__ if "__annotations__" in globals() else sys.modules[__name__].__annotations__)
try:
    exec("def f[T](x: T = y): ...\nf.__annotations__; f()")
except NameError as error:
    print(error)
