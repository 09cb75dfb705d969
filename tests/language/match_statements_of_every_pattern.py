"""match: every kind of pattern against every kind of subject, and the errors of patterns."""
from collections import namedtuple
import enum


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


class Sub(Point):
    pass


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


Pair = namedtuple("Pair", "a b")


def what(v):
    match v:
        case None | True | False:
            return f"constant {v}"
        case Colour.RED:
            return "red"
        case 0 | 1.5 | -1 | 2j | -3 + 4j:
            return "number"
        case "text" | b"bytes":
            return "literal"
        case Point(0, 0):
            return "origin"
        case Sub(x=1):
            return "sub with x 1"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point(x=px):
            return f"point at {px}"
        case Pair(a, _):
            return f"pair {a}"
        case []:
            return "empty sequence"
        case [one]:
            return f"one {one}"
        case [1, *rest]:
            return f"one and {rest}"
        case [first, *_, last] if first == last:
            return f"ends alike {first}"
        case [[a, b], {"k": c}]:
            return f"nested {a} {b} {c}"
        case (1 | 2) as n, str(s) | bytes(s):
            return f"or inside {n} {s}"
        case {"type": "a", "value": value, **rest}:
            return f"mapping {value} {rest}"
        case {"only": str() as text}:
            return f"only {text}"
        case {}:
            return "mapping"
        case int(i) | float(i):
            return f"real {i}"
        case str():
            return "some text"
        case set() | frozenset():
            return "a set"
        case type():
            return f"class {v.__name__}"
        case _:
            return f"other {type(v).__name__}"


for v in [None, True, 0, 1.5, -1, 2j, -3 + 4j, "text", b"bytes", Point(0, 0), Sub(1, 5), Point(2, 2), Point(3, 4), Pair(7, 8), [], (), [5], (5,), [1, 2, 3], (1,), [9, 1, 9], [4, 5, 6],
          [[1, 2], {"k": 3}], (1, "s"), [2, b"b"], [3, "s"], {"type": "a", "value": 1, "x": 2}, {"type": "a"}, {"only": "t"}, {"only": 1}, {}, 5, 2.5, "other", {1}, frozenset(), int, object(), Colour.RED, Colour.BLUE, range(3), bytearray(b"x"), memoryview(b"xy"), iter([]), 10**30, False, "", b""]:
    print(repr(v).split(" at 0x")[0].split(" object")[0], "->", what(v))


def t(text, **names):
    try:
        exec(text, names)
    except Exception as error:
        print(text.replace("\n", " | "), "->", type(error).__name__, error)


class BadArgs:
    __match_args__ = ["a"]


class BadArg:
    __match_args__ = (1,)


class Twice:
    __match_args__ = ("a", "a")
    a = 1


class NoArgs:
    a = 1


class Raises:
    @property
    def a(self):
        raise ValueError("from property")

    @property
    def b(self):
        raise AttributeError("quiet")


names = dict(BadArgs=BadArgs, BadArg=BadArg, Twice=Twice, NoArgs=NoArgs, Raises=Raises, Point=Point)
for text in ["match BadArgs():\n case BadArgs(1): pass", "match BadArg():\n case BadArg(1): pass", "match Twice():\n case Twice(1, 1): pass", "match Twice():\n case Twice(1, a=1): pass", "match NoArgs():\n case NoArgs(1): pass",
             "match NoArgs():\n case NoArgs(a=1): print('a is 1')", "match Raises():\n case Raises(a=1): pass", "match Raises():\n case Raises(b=1): pass\n case _: print('no b')", "match Point(1, 2):\n case Point(1, 2, 3): pass", "match 5:\n case int(1, 2): pass", "match 5:\n case int(real=5, imag=0): print('real')",
             "match 5:\n case 5(): pass", "x = 5\nmatch 5:\n case x(): pass", "match {}:\n case {'a': 1, 'a': 2}: pass", "match 1:\n case a, a: pass", "match 1:\n case x: pass\n case y: pass", "match 1:\n case a | b: pass", "match 1:\n case [a] | [b]: pass", "match 1:\n case [*a, *b]: pass", "match 1:\n case {**a, 'k': 1}: pass", "match 1:\n case {**_}: pass", "match 1:\n case Point(x=1, x=2): pass", "match 1:\n case 1 as _: pass", "match 1:\n case 1 + 1: pass", "match 1:\n case -'x': pass", "match 1:\n case f'{1}': pass", "match 1:\n case x.y.z: pass", "match 1:\n case Point(1, x=1, 2): pass", "match 1:\n case 1 if 0: print('no')\n case _ if 1/0: pass", "match (a := 5), *[1]:\n case [x, y]: print(x, y, a)", "match 1,:\n case x,: print(x)", "match x:\n case 1: pass"]:
    t(text, **names)


class Mapping(dict):
    def __missing__(self, key):
        return "missing"

    def get(self, key, default=None):
        print("get", key)
        return super().get(key, default)


match Mapping(a=1):
    case {"z": z}:
        print("found", z)
    case {"a": a}:
        print("a", a)
match = {"case": 1}
case = match["case"]
print(match, case)
