"""An inventory of dataclasses that goes through JSON and comes back."""

import json
from collections import defaultdict
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering
from itertools import groupby


class Category(StrEnum):
    TOOL = "tool"
    FOOD = "food"
    BOOK = "book"


@total_ordering
@dataclass(frozen=True)
class Money:
    cents: int

    @classmethod
    def of(cls, amount):
        return cls(round(amount * 100))

    def __add__(self, other):
        return Money(self.cents + other.cents)

    def __mul__(self, count):
        return Money(self.cents * count)

    __rmul__ = __mul__

    def __lt__(self, other):
        return self.cents < other.cents

    def __str__(self):
        return f"€{self.cents // 100:,}.{self.cents % 100:02d}"


@dataclass(order=True)
class Item:
    sort_key: tuple = field(init=False, repr=False, compare=True)
    name: str
    category: Category
    price: Money
    count: int = 0
    expires: date | None = None
    tags: list[str] = field(default_factory=list, compare=False)

    def __post_init__(self):
        if self.count < 0:
            raise ValueError(f"{self.name}: count must not be negative: {self.count}")
        self.category = Category(self.category)
        self.sort_key = (self.category, -self.price.cents, self.name)

    @property
    def value(self):
        return self.count * self.price


class Encoder(json.JSONEncoder):
    def default(self, o):
        match o:
            case Money(cents):
                return {"$": cents}
            case date():
                return {"date": o.isoformat()}
            case Item():
                data = asdict(o)
                del data["sort_key"]
                data["price"] = o.price
                return data
        return super().default(o)


def decode(data):
    match data:
        case {"$": cents}:
            return Money(cents)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"name": _, "category": _, **rest}:
            return Item(**data)
        case _:
            return data


class Inventory:
    def __init__(self, items=()):
        self.items = {item.name: item for item in items}

    def take(self, name, count=1):
        item = self.items[name]
        if item.count < count:
            raise LookupError(f"only {item.count} of {name!r} left, {count} wanted")
        self.items[name] = replace(item, count=item.count - count)

    def by_category(self):
        ordered = sorted(self.items.values())
        for category, group in groupby(ordered, key=lambda item: item.category):
            yield category, list(group)

    def total(self):
        return sum((item.value for item in self.items.values()), Money(0))


def main():
    today = date(2025, 2, 27)
    stock = Inventory([
        Item("hammer", Category.TOOL, Money.of(19.99), 12, tags=["steel", "heavy"]),
        Item("apple", "food", Money(35), 200, today + timedelta(days=5)),
        Item("bread", "food", Money.of(2.8), 10, today + timedelta(days=2)),
        Item("novel", Category.BOOK, Money.of(9.5), 1),
    ])
    for category, items in stock.by_category():
        print(f"{category.upper()}")
        for item in items:
            until = f", until {item.expires:%d %b %Y}" if item.expires else ""
            print(f"  {item.name:<10}{item.count:>5} x {str(item.price):>8} = {str(item.value):>10}{until}")
    print("total", stock.total())

    text = json.dumps(list(stock.items.values()), cls=Encoder, indent=2, sort_keys=True)
    print(text.splitlines()[1:9], len(text))
    again = Inventory(json.loads(text, object_hook=decode))
    print(again.items == stock.items, again.items["apple"])

    stock.take("apple", 150)
    print(stock.items["apple"].count, again.items["apple"].count)
    for attempt in [lambda: stock.take("novel", 2), lambda: stock.take("pear"), lambda: Item("x", "toy", Money(1)),
                    lambda: Item("x", "tool", Money(1), -1), lambda: setattr(Money(1), "cents", 2), lambda: json.dumps({1, 2}, cls=Encoder),
                    lambda: Item("x"), lambda: Money(1) < 5]:
        try:
            attempt()
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            print(type(error).__name__, isinstance(error, FrozenInstanceError), error)
    print([f.name for f in fields(Item) if f.init], astuple(Money(5)), hash(Money(5)) == hash(Money(5)))
    print(Money(5) >= Money(4), max(stock.items.values()).name, repr(Money.of(1234567.891)), Money.of(1234567.891))
    counts = defaultdict(int)
    for item in stock.items.values():
        counts[item.category] += item.count
    print(dict(counts), f"{Category.FOOD!r} {Category.FOOD}")


main()
