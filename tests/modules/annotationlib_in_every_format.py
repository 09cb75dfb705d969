import annotationlib
import builtins
from annotationlib import Format, ForwardRef, call_annotate_function, call_evaluate_function, get_annotations, type_repr
from typing import List, Union, get_args


def t(compute):
    try:
        print(compute())
    except BaseException as error:
        print(type(error).__name__, error)


def every(owner):
    for format in (Format.VALUE, Format.FORWARDREF, Format.STRING):
        try:
            found = get_annotations(owner, format=format)
        except Exception as error:
            print(type(error).__name__, error)
            continue
        for name, value in found.items():
            if isinstance(value, ForwardRef):
                value = "reference to", value.evaluate(format=Format.STRING), value.__forward_is_class__, value.__owner__ is owner
            print(" ", format.name, name, value)


def arithmetic(
    a: x + y * z, b: (x + y) * z, c: x ** y ** z, d: (x ** y) ** z, e: -x ** y, f: ~(x | y), g: x < y, h: x @ y // z % 2,
    i: x << 1 >> y, j: x & y ^ z | 1, k: 1 + x, l: 2 ** x, m: (1).real + x, n: "text" + x, o: x == y, p: +x, q: -(-x),
): pass


def parts(
    a: x[y], b: x[y, z], c: x[y,], d: x[()], e: x[1:2], f: x[:, ::3], g: x.y.z, h: x(1, *y, k=z), i: [x, *y], j: (x,), k: {x}, l: {x: y},
    m: x[[int, str], {1}], n: x | None, o: int | x, p: ..., q: None, r: 5j, s: b"b", t: "text", u: list["x"], v: [], w: (), *args: *x,
): pass


def templates(a: t"{x} {y!r} {z:>3}{{}}", b: x[t"{ x + 1}"]): pass


def known(a: int, b: list[int], c: int | None, d: List[str], e: "later", f: builtins.str) -> None: pass


def partly(a: list[missing], b: missing | int, c: missing[int, str], d: builtins.missing, e: int[1], f: Union[str, missing]) -> missing.x: pass


def formatted(a: f"{x}"): pass


class Body:
    own = int
    a: own
    b: missing[own]
    if 0:
        c: int
    d: "own"


def around():
    later_too = 1

    def inner(a: later, b: later[later_too], c: list[later]): pass

    before = get_annotations(inner, format=Format.FORWARDREF)
    t(lambda: before["a"].evaluate())
    later = dict
    t(lambda: before["a"].evaluate())
    t(lambda: before["b"].evaluate())
    t(lambda: get_args(before["c"])[0].evaluate())
    every(inner)


for one in (arithmetic, parts, templates, known, partly, formatted, Body):
    print(one.__name__)
    every(one)
around()

# References.
for text in ("int", "list[int]", "missing", "a.b", "1 +", "if", "", "*tuple[int]", "missing[int]", "list[missing]"):
    reference = ForwardRef(text)
    t(lambda: reference.evaluate())
    t(lambda: reference.evaluate(format=Format.FORWARDREF))
    t(lambda: reference.evaluate(format=Format.STRING))
t(lambda: ForwardRef("int").evaluate(format=Format.VALUE_WITH_FAKE_GLOBALS))
t(lambda: ForwardRef("own").evaluate(owner=Body))
t(lambda: ForwardRef("own").evaluate(owner=Body, locals={}))
t(lambda: ForwardRef("own").evaluate(globals={"own": 3}, locals={"own": 4}))
t(lambda: ForwardRef("Counter", module="collections").evaluate())
t(lambda: ForwardRef("a") == ForwardRef("a"))
t(lambda: ForwardRef("a") == ForwardRef("a", module="m"))
t(lambda: hash(ForwardRef("a", owner=int)) == hash(ForwardRef("a", owner=int)))
t(lambda: ForwardRef(1))
t(lambda: List[""])
t(lambda: List["1 +"])
t(lambda: repr(ForwardRef("a", module="m", is_class=True, owner=int)))
t(lambda: ForwardRef("a") | int)
t(lambda: int | ForwardRef("a"))
def derive():
    class Derived(ForwardRef): pass
t(derive)


# Functions that compute annotations and are written by hand.
def by_hand(format, /, *formats):
    def annotate(format, /, known=formats, refuse=NotImplementedError):
        if format in known:
            return {"x": int if format < 3 else "text"}
        raise refuse(format)
    return annotate


for formats in ((1,), (1, 2), (1, 3), (1, 4), (2,), ()):
    for format in (1, 2, 3, 4, 7):
        t(lambda: call_annotate_function(by_hand(0, *formats), format))
t(lambda: call_evaluate_function(lambda format, /: missing if format < 3 else by_hand(0)(3), Format.STRING))
t(lambda: call_evaluate_function(lambda format, /: missing if format < 3 else by_hand(0)(3), Format.FORWARDREF))


class Odd:
    def __init__(self, **attributes):
        vars(self).update(attributes)

    def __repr__(self):
        return "odd"


for odd in (Odd(), Odd(__annotations__=5), Odd(__annotations__={"a": "int"}), Odd(__annotate__=lambda format: 5),
            Odd(__annotate__=lambda format: {"a": format}), Odd(__annotations__=None), 5, int, print, lambda: 0):
    for format in (1, 2, 3, 4, 9):
        t(lambda: get_annotations(odd, format=format))
    t(lambda: get_annotations(odd, eval_str=True))
t(lambda: get_annotations(known, eval_str=True, format=4))
for value in (int, Odd, List[int], [].append, len, dict.fromkeys, ..., None, "a", 5, t, t"{1}", ForwardRef("q")):
    t(lambda: type_repr(value))


class Outer[T]:
    T = "class"

    class Inner[U](list if [T for _ in "a"] else int):
        seen = T

    def method[V](self, a: (T for _ in "a"), b: T): pass


t(lambda: Outer.Inner.seen)
t(lambda: [*Outer.method.__annotations__["a"]])
t(lambda: Outer.method.__annotations__["b"])
