"""pprint: containers over lines, depth, compactness, recursion, the types of collections, what is refused."""

import pprint
import random
import types
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque
from dataclasses import dataclass, field
from pprint import PrettyPrinter, isreadable, isrecursive, pformat, pp, saferepr


def tell(what, *args, **kwargs):
    try:
        print(what(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


words = "the quick brown fox jumped over the lazy dog and then some more words follow".split()
nested = {"name": "value", "numbers": list(range(40)), "deep": {"a": [1, [2, [3, [4, [5]]]]], "b": (1,), "c": ()},
          3: {7, 8}, (1, 2): frozenset([3]), None: None, "text": " ".join(words * 3)}
print(pprint.__all__)
pprint.pprint(nested)
pprint.pprint(nested, width=40)
pprint.pprint(nested, width=40, compact=True)
pprint.pprint(nested, indent=4, width=30, depth=2)
pprint.pprint(nested, depth=1)
pp(nested, width=50, indent=2)
pp({"b": 1, "a": 2})
pprint.pprint({"b": 1, "a": 2})
pprint.pprint({"b": 1, 3: 2, None: 4, (1,): 2, 2.5: 1, "a": 0})
print(pformat([1, 2, 3]), pformat(words, width=20), pformat(tuple(words), width=30, compact=True))
for value in ([], {}, (), set(), frozenset(), "", b"", bytearray(), (1,), [[]], [()], ["x" * 100], ("x" * 100,), {"k": "x" * 90}):
    tell(pformat, value, width=20)
    tell(pformat, [value, value], width=10)
for width in (1, 10, 30, 60):
    print(pformat(" ".join(words), width=width))
    print(pformat([" ".join(words), "short\nlines\nhere " * 3], width=width))
    print(pformat({"key": " ".join(words)[:45]}, width=width))
    print(pformat(bytes(range(60)), width=width))
    print(pformat([bytearray(b"some bytes that are long")], width=width))
print(pformat({"a set": set(range(30)), "frozen": frozenset(words[:5])}, width=50))
print(pformat({1j, 2, "x", (1,)} and [1j, 2 + 3j] * 8, width=40))
print(pformat([10**9, -1234567, True, 12345.678], underscore_numbers=True), pformat([10**12] * 8, underscore_numbers=True))

# ---- the types of collections and others
for value in (OrderedDict([(w, i) for i, w in enumerate(words[:6])]), defaultdict(list, {w: [i] for i, w in enumerate(words[:6])}),
              Counter(words), ChainMap({"a": 1, "b": words}, {"c": 2}), deque(words), deque(words, maxlen=20), UserDict({"data": words}),
              UserList(words), UserString(" ".join(words)), types.SimpleNamespace(a=1, words=words, long="x" * 30),
              types.MappingProxyType({"a": words, "b": 1}), {"k": 1}.keys(), Counter(), OrderedDict(), deque(), defaultdict(int)):
    for width in (30, 200):
        print(pformat(value, width=width))
    print(pformat([value], width=50, indent=3, compact=True))


@dataclass
class Address:
    street: str
    number: int
    hidden: int = field(default=3, repr=False)


@dataclass
class Person:
    name: str
    addresses: list
    friend: object = None


@dataclass
class Own:
    name: str

    def __repr__(self):
        return "Own with a long representation of its own, which stays as it is"


me = Person("somebody with a name", [Address("a street", 5), Address("another street", 7)])
pprint.pprint(me)
pprint.pprint(me, width=40)
me.friend = me
pprint.pprint(me, width=40)
pprint.pprint(Own("x"), width=10)
pprint.pprint(Person)


class Plain:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


class MyList(list):
    pass


class MyDict(dict):
    def __repr__(self):
        return "MyDict!" * 10


pprint.pprint([Plain("p" * 30), Plain("q" * 50)], width=40)
pprint.pprint(MyList(words), width=40)
pprint.pprint(MyDict(a=1), width=20)
pprint.pprint({"x": MyDict(a=1)}, width=20)


# ---- questions, recursion
loop = [1]
loop.append(loop)
text = pformat(loop)
print(text.replace(str(id(loop)), "ID"), saferepr(loop).replace(str(id(loop)), "ID"))
table = {}
table["me"] = [table] * 2
print(pformat(table, width=20).replace(str(id(table)), "ID"))
for value in (loop, table, [1, 2], {"a": (1,)}, print, Plain("<x>"), Plain(""), Plain("ok"), [Plain("<x>")], 1.5, None):
    print(isreadable(value), isrecursive(value), PrettyPrinter().isreadable(value), PrettyPrinter().isrecursive(value))
print(saferepr({"b": [1, (2,)], "a": {3}}), saferepr("x'y"))
deep = []
for _ in range(5):
    deep = [deep, {"k": deep}]
print(pformat(deep, depth=3, width=60))


# ---- a printer of one's own
class Hexadecimal(PrettyPrinter):
    def format(self, object, context, maxlevels, level):
        if isinstance(object, int):
            return hex(object), True, False
        return super().format(object, context, maxlevels, level)


Hexadecimal().pprint([10, {"a": 255, 16: [1]}])


class Stream:
    def write(self, text):
        print("write", repr(text))


PrettyPrinter(stream=Stream()).pprint([1, 2])
for wrong in ({"indent": -1}, {"depth": 0}, {"depth": -2}, {"width": 0}, {"width": "x"}, {"foo": 1}):
    tell(lambda: PrettyPrinter(**wrong))
tell(lambda: PrettyPrinter(1, 2, 3, None, True))

# ---- random values
random.seed(8)


def value_of(depth):
    kind = random.randrange(9 if depth else 4)
    if kind == 0:
        return random.randrange(10 ** random.randrange(1, 12))
    if kind == 1:
        return " ".join(random.choice(words) for _ in range(random.randrange(8)))
    if kind == 2:
        return random.random()
    if kind == 3:
        return random.choice([None, True, b"some bytes \x00", "a\nb\n"])
    members = [value_of(depth - 1) for _ in range(random.randrange(6))]
    if kind < 6:
        return members
    if kind == 6:
        return tuple(members)
    return {random.choice(words) + str(i): member for i, member in enumerate(members)}


total = 0
for round in range(40):
    text = pformat(value_of(4), width=random.randrange(10, 90), indent=random.randrange(1, 5), compact=round % 2 == 0,
                   depth=random.choice([None, 2, 3]))
    for character in text:
        total = (total * 31 + ord(character)) % 1000000007
    if round % 10 == 0:
        print(text)
print(total)
