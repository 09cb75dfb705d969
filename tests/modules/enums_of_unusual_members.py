from enum import *
from collections import namedtuple
import enum


def t(compute):
    try:
        print(compute())
    except BaseException as error:
        print(type(error).__name__, error)


def described(cls):
    return cls, list(cls), dict(cls.__members__)


# Members that hide what they inherit.
class Number(IntEnum):
    divisor = 1
    numerator = 2


class Book(StrEnum):
    author = "author"
    title = "title"


t(lambda: (Number.divisor.numerator, Number.numerator, Number.numerator.divisor, Number.numerator.numerator))
t(lambda: (Book.author.title(), Book.title.title(), Book.title, Book.title.author))


class Mixin:
    kind = "plain"

    @property
    def origin(self):
        return "mixin"


class Hiding(Mixin, Enum):
    kind = 1
    origin = 2
    other = 3


t(lambda: (Hiding.kind, Hiding.origin, Hiding.other.kind, Hiding.other.origin, Hiding.origin.origin))
Hiding.other._add_alias_("another")
t(lambda: (Hiding.another, Hiding["another"]))
t(lambda: Hiding.other._add_alias_("kind"))
Hiding.other._add_value_alias_(4)
t(lambda: Hiding(4))
t(lambda: Hiding.kind._add_value_alias_(4))
Hiding.other._add_value_alias_([5])
t(lambda: Hiding([5]))


# auto() in every place.
class Autos(Enum):
    a = auto()
    b = auto(), auto()
    c = auto(), "text", auto()


t(lambda: described(Autos))
Pair = namedtuple("Pair", "index text")


class Pairs(Pair, Enum):
    first = auto(), "one"
    second = auto(), "two"


t(lambda: [(one.value, one.index, one.text) for one in Pairs])


class OfPairs(Enum):
    first = Pair(auto(), "one")
    second = Pair(auto(), "two")


t(lambda: [one.value for one in OfPairs])


def fails(body, base=Enum):
    try:
        scope = {}
        exec(f"from enum import *\nclass X({base.__name__}):\n" + "".join(f"    {line}\n" for line in body.split("\n")), scope)
        print(described(scope["X"]))
    except BaseException as error:
        print(type(error).__name__, error)


fails("a = 'x'\nb = auto()")
fails("a = 'x'\nb = 2\nc = auto()")
fails("a = auto()\ndef _generate_next_value_(*args): return 1")
fails("a = 1\ndef _generate_next_value_(name, *args): return name\nb = auto()")
fails("_order_ = 'a b c'\na = 1\nb = 2")
fails("_order_ = 'b a'\na = 1\nb = 2")
fails("_order_ = 'a b z'\na = 1\nb = 2\nz = b")
fails("_order_ = 'a b c d'\na = 1\nb = 2\nc = 4\nd = 2", Flag)
fails("a = 1\nclass Inner: pass\nclass Other(Enum):\n    z = 5")
fails("a = 1\ndef __new__(cls, value):\n    return super().__new__(cls, value)")
fails("a = 1\na = 2")
fails("mro = 1")
fails("_odd_ = 1")
fails("a = 1\n_ignore_ = 'a'")
fails("_ignore_ = 'b c'\na = 1\nb = 2\nc = 3")
fails("a = member(print)\nb = nonmember(5)\nc = print")
fails("a = [1]\nb = [2]\nc = [1]")
fails("pass")
t(lambda: Enum("E", names=0))
t(lambda: described(Enum("E", "")))
t(lambda: Enum("E", "")(1))
t(lambda: described(Enum("E", {"a": 5, "b": 6})))
t(lambda: described(IntFlag("E", "a b c")))


class Base(metaclass=EnumMeta):
    pass


class Derived(Base, Enum):
    A = 1


t(lambda: Derived.A)


# Flags.
class Hint(Flag):
    HIDDEN = 0x10
    DIGITS = 0x01
    LETTERS = 0x02
    MASK = 0x0F
    NOTHING = None


t(lambda: described(Hint))
t(lambda: str(Hint.HIDDEN | Hint.MASK))
t(lambda: repr(Hint.DIGITS | Hint.LETTERS))
t(lambda: Hint.DIGITS | Hint.NOTHING)
t(lambda: Hint.NOTHING & Hint.DIGITS)
t(lambda: Hint.DIGITS ^ Hint.NOTHING)
t(lambda: ~Hint.NOTHING)
t(lambda: ~Hint.DIGITS)
t(lambda: Hint(0x0C))
t(lambda: Hint(0x40))
t(lambda: Hint.DIGITS | 1)


class Loose(IntFlag):
    A = 1
    B = 6


t(lambda: [Loose(value) for value in (0, 1, 2, 6, 7, 8, 15, -1, -2)])
t(lambda: enum.show_flag_values(11))
t(lambda: enum.show_flag_values(-1))


@verify(UNIQUE)
class Checked(Enum):
    a = 1
    b = 2


t(lambda: verify(UNIQUE)(Enum("E", {"a": 1, "b": 1, "c": 1})))
t(lambda: verify(CONTINUOUS)(Enum("E", {"a": 1, "b": 5})))
t(lambda: verify(CONTINUOUS)(Flag("E", {"a": 1, "b": 16})))
t(lambda: verify(NAMED_FLAGS)(Flag("E", {"a": 3, "b": 4, "c": 6})))
t(lambda: verify(NAMED_FLAGS)(Flag("E", {"a": 3, "b": 1})))
t(lambda: verify(NAMED_FLAGS)(Flag("E", {"a": 3, "b": 1, "c": 2, "d": -1})))


class Behaving(Enum):
    one = 1

    def __init__(self, value):
        self.extra = value
        self._hidden = value

    def method(self):
        pass

    @property
    def computed(self):
        pass


for thing in (Behaving, Behaving.one, Number, Hint):
    t(lambda: [name for name in dir(thing) if not name.startswith("__") or "init" in name or "new" in name])
