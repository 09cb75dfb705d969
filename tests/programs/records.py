"""A tiny object mapper: fields as descriptors, a metaclass that collects them, queries that chain."""

import operator
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Generic, Self, TypeVar, get_type_hints

T = TypeVar("T")


class ValidationError(ValueError):
    def __init__(self, field, problem):
        super().__init__(f"{field}: {problem}")
        self.add_note(f"while setting {field!r}")


class Field(Generic[T]):
    count: ClassVar[int] = 0

    def __init__(self, kind: type[T], *, default: T | None = None, required=False, check=None):
        self.kind, self.default, self.required, self.check = kind, default, required, check
        Field.count += 1
        self.order = Field.count

    def __set_name__(self, owner, name):
        self.name, self.slot = name, f"_{name}"

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return instance.__dict__.get(self.slot, self.default)

    def __set__(self, instance, value):
        if value is None and self.required:
            raise ValidationError(self.name, "is required")
        if value is not None and not isinstance(value, self.kind):
            try:
                value = self.kind(value)
            except (TypeError, ValueError) as error:
                raise ValidationError(self.name, f"{value!r} is no {self.kind.__name__}") from error
        if self.check and value is not None and not self.check(value):
            raise ValidationError(self.name, f"{value!r} is refused")
        instance.__dict__[self.slot] = value

    def __delete__(self, instance):
        instance.__dict__.pop(self.slot, None)

    def __getattr__(self, name):
        if name in {"__eq__", "__lt__"}:
            raise AttributeError(name)
        raise AttributeError(f"field {self.__dict__.get('name')!r} has no {name!r}")

    def compared(self, how):
        return lambda value: lambda record: how(getattr(record, self.name), value)


class Meta(type):
    registry = {}

    def __new__(mcls, name, bases, namespace, *, table=None, **options):
        cls = super().__new__(mcls, name, bases, namespace, **options)
        inherited = {k: v for base in reversed(cls.__mro__[1:]) for k, v in getattr(base, "fields", {}).items()}
        own = {k: v for k, v in namespace.items() if isinstance(v, Field)}
        cls.fields = inherited | dict(sorted(own.items(), key=lambda item: item[1].order))
        if table:
            cls.table = table
            mcls.registry[table] = cls
            cls.rows = []
        return cls

    def __len__(cls):
        return len(cls.rows)

    def __iter__(cls):
        return iter(cls.rows)

    def __getitem__(cls, index):
        return cls.rows[index]

    def __repr__(cls):
        return f"<table {getattr(cls, 'table', '-')}: {', '.join(cls.fields)}>"


class Record(metaclass=Meta):
    def __init__(self, **values):
        for name in self.fields:
            setattr(self, name, values.pop(name, self.fields[name].default))
        if values:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(map(repr, values))}")

    def __init_subclass__(cls, /, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.label = cls.__name__.lower()

    def save(self) -> Self:
        type(self).rows.append(self)
        return self

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.fields)})"

    @classmethod
    def query(cls):
        return Query(cls.rows)


class Named(Record):
    name = Field(str, required=True)


class Person(Named, table="people"):
    age = Field(int, default=0, check=lambda age: 0 <= age < 150)
    city = Field(str)


class Query(Sequence):
    def __init__(self, rows: Iterable[Any]):
        self._rows = list(rows)

    def where(self, *tests, **equals):
        checks = [*tests, *(Person.fields[name].compared(operator.eq)(value) for name, value in equals.items())]
        return Query(row for row in self._rows if all(check(row) for check in checks))

    def order_by(self, *names, reverse=False):
        return Query(sorted(self._rows, key=operator.attrgetter(*names), reverse=reverse))

    def __getitem__(self, index):
        found = self._rows[index]
        return Query(found) if isinstance(index, slice) else found

    def __len__(self):
        return len(self._rows)

    def values(self, *names) -> Iterator[tuple]:
        getter = operator.attrgetter(*names)
        return map(getter, self._rows)


for name, age, city in [("Ann", 31, "Bern"), ("Bob", "17", "Basel"), ("Cleo", 64, None), ("Dan", 31, "Bern")]:
    Person(name=name, age=age, city=city).save()
print(Person, len(Person), Person[1], Person.label, Meta.registry)
print(list(Person.query().where(age=31).values("name", "city")), list(Person.query().order_by("age", "name").values("name")))
print(Person.query().where(lambda p: p.city is None)[0], len(Person.query()[1:3]), Person[0] in Person.query(), Person.query().index(Person[2]))
print([p.name for p in reversed(Person.query().order_by("name"))], list(Person.fields), Person.age.kind, Person.age.default)
for attempt in [lambda: Person(age=3), lambda: Person(name="E", age="old"), lambda: Person(name="E", age=200), lambda: Person(name="E", size=3),
                lambda: setattr(Person[0], "age", -1), lambda: Person.age.nothing, lambda: Person.query()[9], lambda: Record().save()]:
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "__notes__", ""), type(error.__cause__).__name__)
del Person[0].age
print(Person[0], get_type_hints(Field)["count"], Field[int], Query.__mro__[1].__name__)
