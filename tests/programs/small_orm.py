"""A small object-relational mapper over sqlite3: descriptors, a metaclass, lazy queries, migrations."""

import contextlib
import datetime
import enum
import json
import operator
import sqlite3
import typing
from functools import cached_property, reduce, singledispatch
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Money(int):
    """An amount in cents."""

    @classmethod
    def parse(cls, text):
        whole, _, cents = text.partition(".")
        return cls(int(whole) * 100 + int(f"{cents:0<2}"[:2]))

    def __str__(self):
        return f"{self // 100}.{self % 100:02}"

    def __repr__(self):
        return f"Money.parse({str(self)!r})"


class Color(enum.StrEnum):
    RED = enum.auto()
    BLUE = "azure"


@singledispatch
def encode(value):
    raise TypeError(f"cannot store {type(value).__qualname__}")


@encode.register(int | float | str | bytes | None)
def _(value):
    return value


@encode.register
def _(value: datetime.date):
    return value.isoformat()


@encode.register(list)
@encode.register(dict)
def _(value):
    return json.dumps(value, sort_keys=True)


@encode.register
def _(value: Money):
    return str(value)


DECODE = {datetime.date: datetime.date.fromisoformat, list: json.loads, dict: json.loads,
          Money: Money.parse, bool: bool, Color: Color}
SQL = {int: "INTEGER", bool: "INTEGER", float: "REAL", bytes: "BLOB"}


class Unique:
    pass


class Expression:
    def __init__(self, sql, *values):
        self.sql, self.values = sql, values

    def _join(self, word, other):
        if not isinstance(other, Expression):
            return NotImplemented
        return Expression(f"({self.sql} {word} {other.sql})", *self.values, *other.values)

    def __and__(self, other):
        return self._join("AND", other)

    def __or__(self, other):
        return self._join("OR", other)

    def __invert__(self):
        return Expression(f"NOT {self.sql}", *self.values)

    def __bool__(self):
        raise TypeError("an expression has no truth; use & and |")

    def __repr__(self):
        return f"<{self.sql} {self.values}>"


class Column(Generic[T]):
    def __init__(self, type_: type[T], *, nullable=False, unique=False, default=...):
        self.type, self.nullable, self.unique, self.default = type_, nullable, unique, default

    def __set_name__(self, owner, name):
        self.name, self.owner = name, owner.__name__

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        try:
            return instance.__dict__[self.name]
        except KeyError:
            raise AttributeError(f"{self.owner}.{self.name} is not set", name=self.name, obj=instance) from None

    def __set__(self, instance, value):
        if value is None:
            if not self.nullable:
                raise ValueError(f"{self.owner}.{self.name} must not be None")
        elif not isinstance(value, self.type):
            raise TypeError(f"{self.owner}.{self.name}: {value!r} is no {self.type.__name__}")
        if instance.__dict__.get(self.name, ...) != value:
            instance.dirty.add(self.name)
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        raise AttributeError(f"cannot delete {self.name!r}")

    def _compare(symbol):
        def method(self, other):
            if other is None:
                return Expression(f"{self.name} IS {'NOT ' if symbol == '!=' else ''}NULL")
            return Expression(f"{self.name} {symbol} ?", encode(other))
        return method

    __eq__, __ne__, __lt__, __le__, __gt__, __ge__ = map(_compare, ("=", "!=", "<", "<=", ">", ">="))
    __hash__ = object.__hash__

    def like(self, pattern):
        return Expression(f"{self.name} LIKE ?", pattern)

    def __neg__(self):
        return f"{self.name} DESC"

    def __pos__(self):
        return f"{self.name} ASC"

    @property
    def sql(self):
        parts = [self.name, SQL.get(self.type, "TEXT")]
        if self.name == "id":
            parts.append("PRIMARY KEY")
        elif not self.nullable:
            parts.append("NOT NULL")
        return " ".join(parts + ["UNIQUE"] * self.unique)


class Meta(type):
    tables: ClassVar[dict] = {}

    @classmethod
    def __prepare__(mcls, name, bases, **kwargs):
        return dict(dirty=None)

    def __new__(mcls, name, bases, namespace, *, table=None, **kwargs):
        del namespace["dirty"]
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.table = table or f"{name.lower()}s"
        cls.columns = dict(getattr(cls, "columns", {}))
        for key, hint in get_type_hints(cls, include_extras=True).items():
            if get_origin(hint) is ClassVar or key.startswith("_"):
                continue
            options = {}
            if get_origin(hint) is Annotated:
                hint, *extras = get_args(hint)
                options["unique"] = Unique in extras
            if type(None) in get_args(hint):
                hint, = (a for a in get_args(hint) if a is not type(None))
                options["nullable"] = True
            default = vars(cls).get(key, ...)
            if key not in cls.columns:
                column = cls.columns[key] = Column(hint, default=default, **options)
                column.__set_name__(cls, key)
                setattr(cls, key, column)
        if bases:
            mcls.tables[cls.table] = cls
        return cls

    def __len__(cls):
        return cls.query().count()

    def __getitem__(cls, key):
        found = cls.query().where(cls.id == key).first()
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(cls):
        return iter(cls.query())

    def __repr__(cls):
        return f"<table {cls.table}: {', '.join(cls.columns)}>"


class Model(metaclass=Meta):
    db: ClassVar[object] = None
    id: int | None

    def __init__(self, **values):
        self.dirty = set()
        for name, column in type(self).columns.items():
            if name in values:
                setattr(self, name, values.pop(name))
            elif column.default is not ...:
                setattr(self, name, column.default)
            elif column.nullable:
                setattr(self, name, None)
        if values:
            raise TypeError(f"{type(self).__name__} has no column{'s' * (len(values) > 1)} {', '.join(values)}")

    @classmethod
    def query(cls) -> "Query[Self]":
        return Query(cls)

    def save(self) -> Self:
        names = sorted(self.dirty - {"id"})
        values = [encode(getattr(self, name)) for name in names]
        if self.id is None:
            marks = ", ".join("?" * len(names))
            cursor = self.db.run(f"INSERT INTO {self.table} ({', '.join(names)}) VALUES ({marks})", values)
            self.id = cursor.lastrowid
        elif names:
            pairs = ", ".join(f"{name} = ?" for name in names)
            self.db.run(f"UPDATE {self.table} SET {pairs} WHERE id = ?", [*values, self.id])
        self.dirty.clear()
        return self

    def __eq__(self, other):
        return type(self) is type(other) and self.id == other.id

    def __repr__(self):
        shown = ", ".join(f"{n}={getattr(self, n)!r}" for n in self.columns if n != "id")
        return f"{type(self).__name__}#{self.id}({shown})"


class Query(Generic[T]):
    def __init__(self, model, conditions=(), order=(), window=None):
        self.model, self.conditions, self.order, self.window = model, conditions, order, window

    def where(self, *conditions):
        return Query(self.model, self.conditions + conditions, self.order, self.window)

    def by(self, *order):
        return Query(self.model, self.conditions, order, self.window)

    def __getitem__(self, key):
        if isinstance(key, slice):
            start, stop = key.start or 0, key.stop
            return Query(self.model, self.conditions, self.order, (start, -1 if stop is None else stop - start))
        return operator.getitem(list(self), key)

    @cached_property
    def _where(self):
        return reduce(operator.and_, self.conditions) if self.conditions else Expression("1")

    def sql(self, what="*"):
        text = f"SELECT {what} FROM {self.model.table} WHERE {self._where.sql}"
        if self.order:
            text += " ORDER BY " + ", ".join(o if isinstance(o, str) else +o for o in self.order)
        if self.window:
            text += " LIMIT {1} OFFSET {0}".format(*self.window)
        return text

    def __iter__(self):
        for row in self.model.db.run(self.sql(), self._where.values):
            item = self.model.__new__(self.model)
            item.dirty = set()
            for name in row.keys():
                column, value = self.model.columns[name], row[name]
                item.__dict__[name] = value if value is None else DECODE.get(column.type, lambda v: v)(value)
            yield item

    def count(self):
        return self.model.db.run(self.sql("COUNT(*)"), self._where.values).fetchone()[0]

    def first(self):
        return next(iter(self[:1]), None)


class Database:
    def __init__(self, path=":memory:"):
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.log, self.depth = [], 0

    def run(self, sql, values=()):
        self.log.append(sql.split()[0])
        return self.connection.execute(sql, tuple(values))

    def create(self, *models):
        for model in models:
            model.db = self
            self.run(f"CREATE TABLE {model.table} ({', '.join(c.sql for c in model.columns.values())})")

    @contextlib.contextmanager
    def transaction(self):
        name = f"s{self.depth}"
        self.depth += 1
        self.run(f"SAVEPOINT {name}")
        try:
            yield self
        except BaseException:
            self.run(f"ROLLBACK TO {name}")
            raise
        finally:
            self.depth -= 1
            self.run(f"RELEASE {name}")


class Owner(Model):
    name: Annotated[str, Unique]
    born: datetime.date | None


class Car(Model, table="garage"):
    plate: str
    color: Color = Color.RED
    price: Money = Money(999)
    extras: list = []
    sold: bool = False
    owner_id: int | None

    @property
    def owner(self):
        return Owner[self.owner_id] if self.owner_id else None


db = Database()
db.create(Owner, Car)
print(Owner, Car, Meta.tables)
print([c.sql for c in Car.columns.values()])
ada = Owner(name="Ada", born=datetime.date(1815, 12, 10)).save()
bob = Owner(name="Bob").save()
print(ada, bob, len(Owner))
for n in range(6):
    Car(plate=f"AB-{n:03}", price=Money(n * 25), color=list(Color)[n % 2], owner_id=1 + n % 2,
        extras=["radio", n] if n > 3 else []).save()
print(Car[5], Car[5].owner, Car[5] == Car[5])
print(list(Car.query().where((Car.price > Money(50)) & ~(Car.color == Color.RED)).by(-Car.plate)))
print(Car.query().where(Car.plate.like("%00_") | (Car.owner_id == None), Car.sold == False).by(Car.color, -Car.id)[1:3].sql())
print([car.plate for car in Car.query().by(-Car.id)[2:4]], Car.query()[0].plate, Car.query().where(Car.id > 4).count())
car = Car[1]
car.price, car.sold = Money.parse("7.5"), True
print(sorted(car.dirty), car.save().dirty, Car[1].price, Car[1].sold)
try:
    with db.transaction():
        Car(plate="lost").save()
        try:
            with db.transaction():
                Owner(name="Ada").save()
        except sqlite3.IntegrityError as error:
            print(type(error).__name__, error, error.sqlite_errorname)
        print(len(Car))
        raise RuntimeError("undo")
except RuntimeError as error:
    print(error, len(Car))
for attempt in (lambda: Car(plate=5), lambda: Car(plate=None), lambda: Car(wheels=4, doors=2), lambda: Car().plate,
                lambda: Car[99], lambda: bool(Car.price > 3), lambda: delattr(car, "plate"), lambda: encode({1, 2}),
                lambda: Car.query().where(Car.price > object()), lambda: db.run("SELEC 1"),
                lambda: db.run("SELECT ?", (1, 2)), lambda: (Car.id > 3) & True, lambda: Color("green")):
    try:
        print(attempt())
    except (TypeError, ValueError, AttributeError, LookupError, sqlite3.Error) as error:
        print(f"{type(error).__name__}: {error}")
print({word: db.log.count(word) for word in sorted(set(db.log))})
print(typing.get_type_hints(Car)["price"], Column[int], Query[Car].__args__, repr(Car.columns["color"].default))
