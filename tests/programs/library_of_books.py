"""Data classes all over: a library with members, loans and fines, its report and its JSON."""

from __future__ import annotations

import dataclasses
import enum
import json
from dataclasses import KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cached_property, singledispatch, singledispatchmethod
from typing import Any, ClassVar, Generic, Optional, Protocol, TypeVar, get_type_hints, runtime_checkable


class Genre(enum.StrEnum):
    NOVEL = enum.auto()
    SCIENCE = enum.auto()
    POETRY = "verse"


class Standing(enum.Flag):
    NONE = 0
    CARD = enum.auto()
    PAID = enum.auto()
    STAFF = enum.auto()
    GOOD = CARD | PAID


class Priority(enum.IntEnum):
    LOW = 1
    HIGH = 10

    @classmethod
    def _missing_(cls, value):
        return cls.LOW if isinstance(value, str) else None

    @property
    def label(self):
        return self.name.title()


@runtime_checkable
class Borrowable(Protocol):
    title: str

    def fee(self, days: int) -> float: ...


@dataclass(order=True, frozen=True, slots=True)
class Isbn:
    code: str = field(compare=True)
    checked: bool = field(default=False, compare=False, repr=False)

    def __post_init__(self):
        digits = [int(c) for c in self.code if c.isdigit()]
        if len(digits) != 13:
            raise ValueError(f"{self.code!r} has {len(digits)} digits")
        object.__setattr__(self, "checked", sum(d * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0)


@dataclass
class Item:
    title: str
    _: KW_ONLY
    price: float = 10.0
    tags: set[str] = field(default_factory=set)
    count: ClassVar[int] = 0
    rate: ClassVar[float] = 0.1

    def __post_init__(self):
        type(self).count += 1

    def fee(self, days: int) -> float:
        return round(self.price * self.rate * days, 2)


@dataclass(kw_only=False)
class Book(Item):
    isbn: Optional[Isbn] = None
    genre: Genre = Genre.NOVEL
    raw_year: InitVar[str | int] = 2000
    year: int = field(init=False)

    def __post_init__(self, raw_year):
        super().__post_init__()
        self.year = int(raw_year)

    @cached_property
    def slug(self):
        print(f"  (slug of {self.title})")
        return "-".join(self.title.lower().split())


T = TypeVar("T", bound=Item)


@dataclass
class Shelf(Generic[T]):
    items: list[T] = field(default_factory=list)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, key):
        return self.items[key] if not isinstance(key, str) else next(i for i in self.items if i.title == key)

    def __matmul__(self, other):
        return Shelf([*self.items, *other.items])


@dataclass
class Loan:
    item: Item
    member: str
    since: date
    days: int = 14
    priority: Priority = Priority.LOW

    @property
    def due(self) -> date:
        return self.since + timedelta(days=self.days)

    def late(self, today: date) -> int:
        return max(0, (today - self.due).days)


class Printer:
    @singledispatchmethod
    def show(self, thing):
        return f"<{thing!r}>"

    @show.register
    def _(self, thing: Item):
        return f"{thing.title} at {thing.price:.2f}"

    @show.register(list)
    @show.register(tuple)
    def _(self, things):
        return "; ".join(map(self.show, things))


@singledispatch
def to_json(thing: Any):
    raise TypeError(f"cannot write {type(thing).__name__}")


to_json.register(date, lambda d: d.isoformat())
to_json.register(set, sorted)


@to_json.register
def _(thing: enum.Enum):
    return {"enum": f"{type(thing).__name__}.{thing.name}"}


emma = Book("Emma", Isbn("978-0141439587"), raw_year="1815", price=7.5, tags={"love"})
leaves = Book("Leaves of Grass", genre=Genre("verse"), raw_year=1855)
disc = Item("Blue Train", price=20)
print(emma, leaves, disc, sep="\n")
print(Item.count, Book.count, emma.slug, emma.slug, emma.isbn.checked, Isbn("9780141439580").checked)
print([f.name for f in fields(Book)], [f.name for f in fields(disc)], is_dataclass(Book), is_dataclass(3))
print(asdict(emma)["isbn"], astuple(disc), replace(disc, title="Kind of Blue"), sep="\n")
print(sorted([Isbn("9780141439587"), Isbn("9780000000002")]), hash(emma.isbn) == hash(replace(emma.isbn)))
shelf = Shelf([emma]) @ Shelf([leaves, disc])
print(len(shelf), shelf["Emma"] is shelf[0], [i.title for i in shelf[1:]], Shelf[Book], Shelf[Book].__args__)
print(isinstance(disc, Borrowable), isinstance(3, Borrowable), get_type_hints(Loan)["priority"], Loan.__annotations__["since"])
today = date(2024, 3, 1)
loans = [Loan(emma, "ann", date(2024, 2, 1)), Loan(disc, "bob", date(2024, 2, 20), 7, Priority["HIGH"]), Loan(leaves, "cy", today)]
for loan in sorted(loans, key=lambda l: (-l.priority, l.due)):
    late = loan.late(today)
    print(f"{loan.item.title:<16}{loan.member:>5} {loan.due:%d.%m.%y} {late:>3} {loan.item.fee(late):>6} {loan.priority.label}")
printer = Printer()
print(printer.show(disc), printer.show([emma, 3, (leaves, None)]), sep=" / ")
print(json.dumps([asdict(loan) for loan in loans[:1]], default=to_json, indent=1, sort_keys=True))
s = Standing.CARD
print(s, s | Standing.PAID, Standing.GOOD in s | Standing.PAID, ~s, list(Standing.GOOD), Standing(5), bool(Standing.NONE), repr(Standing(0)))
print(Priority("x"), Priority(10), Priority.HIGH > 5, Genre.NOVEL == "novel", f"{Genre.POETRY:>8}", list(Genre), Genre["SCIENCE"].upper())


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


attempt(lambda: setattr(emma.isbn, "code", "x"))
attempt(lambda: Isbn("12"))
attempt(lambda: Book())
attempt(lambda: Item("a", 3))
attempt(lambda: Book("a", price=1, colour=2))
attempt(lambda: Priority(3))
attempt(lambda: Genre("prose"))
attempt(lambda: Genre["PROSE"])
attempt(lambda: disc < emma)
attempt(lambda: to_json(3j))
attempt(lambda: replace(emma, year=3))
attempt(lambda: emma.raw_year)
attempt(lambda: {disc})
attempt(lambda: asdict(Book))
attempt(lambda: dataclasses.make_dataclass("Point", [("x", int), ("y", int, 0)], frozen=True)(1))
attempt(lambda: dataclass(type("Bad", (), {"__annotations__": {"x": list}, "x": []})))
attempt(lambda: type("Extra", (Priority,), {}))
match leaves:
    case Book(title=str(title), genre=Genre.POETRY, isbn=None, year=year) if year < 1900:
        print(f"old verse: {title} ({year})")
match disc:
    case Book():
        print("a book")
    case Item(title, price=price):
        print("an item", title, price)
