"""A small framework of fields: descriptors, a metaclass that collects them, validation, units, operators."""

from functools import total_ordering
import operator

REGISTRY = {}


class Field:
    kind = object

    def __init__(self, default=None, *, doc=None, check=None):
        self.default, self.__doc__, self.check = default, doc, check

    def __set_name__(self, owner, name):
        self.public, self.private = name, "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.private, self.default)

    def __set__(self, instance, value):
        value = self.convert(value)
        if self.check and not self.check(value):
            raise ValueError(f"{type(instance).__qualname__}.{self.public}: {value!r} is refused")
        setattr(instance, self.private, value)

    def __delete__(self, instance):
        try:
            delattr(instance, self.private)
        except AttributeError:
            raise AttributeError(f"{self.public} was not set") from None

    def convert(self, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.public} wants {self.kind.__name__}, not {type(value).__name__}")
        return value

    def __repr__(self):
        return f"<{type(self).__name__} {getattr(self, 'public', '?')}>"


class Text(Field):
    kind = str


class Whole(Field):
    kind = int

    def convert(self, value):
        return operator.index(super().convert(value))


class Many(Field):
    def __init__(self, of, **rest):
        super().__init__(default=(), **rest)
        self.of = of

    def convert(self, value):
        return tuple(item if isinstance(item, self.of) else self.of(item) for item in value)


class ModelType(type):
    @classmethod
    def __prepare__(meta, name, bases, *, table=None, **kwargs):
        return {"__table__": table or name.lower() + "s"}

    def __new__(meta, name, bases, namespace, *, table=None, abstract=False):
        cls = super().__new__(meta, name, bases, namespace)
        cls.fields = {}
        for base in reversed(cls.__mro__):
            cls.fields.update({k: v for k, v in vars(base).items() if isinstance(v, Field)})
        if not abstract:
            REGISTRY[cls.__table__] = cls
        return cls

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)

    def __iter__(cls):
        return iter(cls.fields)

    def __len__(cls):
        return len(cls.fields)

    def __contains__(cls, name):
        return name in cls.fields

    def __repr__(cls):
        return f"<model {cls.__name__}: {', '.join(cls)}>"


class Model(metaclass=ModelType, abstract=True):
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()
        cls.depth = len(cls.__mro__) - 2

    def __init__(self, **values):
        unknown = values.keys() - self.fields.keys()
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        for name, value in values.items():
            setattr(self, name, value)

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.fields)

    def __repr__(self):
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.fields)
        return f"{type(self).__name__}({inside})"


class Person(Model):
    name = Text(doc="how to call them", check=str.strip)
    age = Whole(0, check=lambda n: 0 <= n < 150)


class Worker(Person, table="staff"):
    skills = Many(str)
    boss = Field()


@total_ordering
class Length:
    __slots__ = ("microns",)
    UNITS = {"um": 1, "mm": 1000, "cm": 10_000, "m": 1_000_000, "in": 25_400}

    def __init__(self, amount, unit="m"):
        object.__setattr__(self, "microns", round(amount * self.UNITS[unit]))

    def __setattr__(self, name, value):
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __eq__(self, other):
        return self.microns == other.microns if isinstance(other, Length) else NotImplemented

    def __lt__(self, other):
        return self.microns < other.microns if isinstance(other, Length) else NotImplemented

    def __hash__(self):
        return hash(("Length", self.microns))

    def __add__(self, other):
        return Length(self.microns + other.microns, 'um') if isinstance(other, Length) else NotImplemented

    def __mul__(self, factor):
        return Length(self.microns * factor, 'um') if isinstance(factor, int) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, Length):
            return self.microns / other.microns
        return Length(self.microns / other, 'um')

    def __format__(self, spec):
        number, _, unit = spec.rpartition(" ")
        return f"{float(self.microns / self.UNITS[unit or 'm']):{number or '.2f'}} {unit or 'm'}"

    def __getattr__(self, name):
        try:
            return self.microns / self.UNITS[name]
        except KeyError:
            raise AttributeError(name, name=name, obj=self) from None


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


ann, bob = Person(name="Ann", age=31), Worker(name="Bob", skills=["c", 3], boss=None)
bob.boss = ann
print(ann, bob, Person, Worker, sep="\n")
print(REGISTRY, len(Worker), "skills" in Worker, "skills" in Person, Worker.depth, Worker.name, Person.name.__doc__)
attempt(lambda: Person(name="  "))
attempt(lambda: Person(age="x"))
attempt(lambda: Person(age=True))
attempt(lambda: Person(age=200))
attempt(lambda: Person(nam="x", zzz=1))
attempt(lambda: Worker(skills=3))
attempt(lambda: ann == Person(name="Ann", age=31))
attempt(lambda: ann == bob)
attempt(lambda: delattr(ann, "age") or ann.age)
attempt(lambda: delattr(ann, "age"))
a, b = Length(1, "in"), Length(254, "mm")
attempt(lambda: (a < b, a * 10 == b, max(a, b), len({a, Length(2.54, "cm")})))
attempt(lambda: f"{a: mm}, {b:.1f in}, {a + b}, {sum([b, b], start=a): cm}")
attempt(lambda: (b / a, (3 * a).mm, a.cm))
attempt(lambda: a + 3)
attempt(lambda: a < 3)
attempt(lambda: a.furlong)
attempt(lambda: setattr(a, "microns", 3))
attempt(lambda: Length(3, "mile"))
attempt(lambda: a * 1.5)
attempt(lambda: sorted([b, a, Length(2)])[0] is a)
