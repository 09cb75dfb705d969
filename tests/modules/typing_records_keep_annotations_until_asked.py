# Named tuples and typed dicts: what is inherited, computed later, warned of and refused.
import warnings
from annotationlib import Format
from typing import (Annotated, Any, ClassVar, Generic, NamedTuple, NotRequired, ReadOnly, Required, TypedDict, TypeVar,
                    get_type_hints, is_typeddict)

T = TypeVar("T")
warnings.simplefilter("always")
warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: print(
    "warned", category.__name__, message, lineno)


def refused(function, *args, **options):
    try:
        print("gave", function(*args, **options))
    except BaseException as error:
        print(type(error).__name__, error, getattr(error, "__notes__", ""))


def keys(cls):
    print(cls.__name__, cls.__annotations__, sorted(cls.__required_keys__), sorted(cls.__optional_keys__),
          sorted(cls.__readonly_keys__), sorted(cls.__mutable_keys__), cls.__total__, cls.__bases__, cls.__orig_bases__)


class Animal(TypedDict):
    name: str


class Cat(Animal, total=False):
    fur: "str"
    age: NotRequired[int]


class Kitten(Cat):
    age: Required[int]
    id: ReadOnly[int]


class Toy(TypedDict, total=False):
    name: Required[bytes]


class Both(Kitten, Toy):
    pass


class Writable(Kitten):
    id: int


class Box(TypedDict, Generic[T]):
    content: T


class IntBox(Box[int]):
    lid: bool


class NewBox[U](TypedDict):
    content: U


class Everything(TypedDict):
    a: Annotated[Required[ReadOnly[int]], "why"]
    b: NotRequired[Undefined]


for cls in Animal, Cat, Kitten, Toy, Both, Writable, Box, IntBox, NewBox:
    keys(cls)
    print(cls.__annotate__(Format.STRING), is_typeddict(cls))
print(Cat.__annotate__(Format.FORWARDREF), get_type_hints(Kitten), get_type_hints(Kitten, include_extras=True), sep="\n")
print(sorted(Everything.__readonly_keys__), sorted(Everything.__optional_keys__))
refused(lambda: Everything.__annotations__)
Undefined = bytes
print(Everything.__annotations__, get_type_hints(Everything))
print(Cat(name="x"), type(Cat()), IntBox.__parameters__, Box[str], Box.__parameters__)


def mutable_made_readonly():
    class Bad(Animal):
        name: ReadOnly[str]


def no_type():
    class Bad(TypedDict):
        a: ClassVar


def other_base():
    class Bad(TypedDict, int):
        pass


for function in mutable_made_readonly, no_type, other_base, TypedDict:
    refused(function)
refused(TypedDict, "X", a=int)
refused(TypedDict, "X", {"a": (1, 2)})
refused(isinstance, {}, Animal)
keys(TypedDict("Functional", {"a b": int, "c": NotRequired[str]}, total=True))
print(TypedDict("Nothing").__annotations__)
print(TypedDict("Nothing", None).__annotations__)

# Named tuples.


class Point(NamedTuple):
    x: int
    y: "int" = 0

    def norm(self):
        return self.x ** 2 + self.y ** 2


class Pair(NamedTuple, Generic[T]):
    first: T
    second: Later


print(Point(3).norm(), Point.__annotations__, Point.__annotate__(Format.STRING), Point.__new__.__annotations__)
print(Pair.__bases__, Pair.__parameters__, Pair[int], Pair[int](1, 2), Pair._fields)
refused(lambda: Pair.__annotations__)
refused(lambda: Pair[int, str])
Later = str
print(Pair.__annotations__, get_type_hints(Point))


class Named:
    def __set_name__(self, owner, name):
        print("named", owner.__name__, name)


class Refuses:
    def __set_name__(self, owner, name):
        raise KeyError("no")


class WithNames(NamedTuple):
    plain = Named()
    field: Any = Named()


def refusing():
    class Bad(NamedTuple):
        attr = Refuses()


def overwriting():
    class Bad(NamedTuple):
        x: int

        def _fields(self): ...


def calling_super():
    class Bad(NamedTuple):
        def __repr__(self):
            return super().__repr__()


def default_first():
    class Bad(NamedTuple):
        x: int = 1
        y: int


def twice():
    class Bad(NamedTuple, NamedTuple):
        x: int


def no_type():
    class Bad(NamedTuple):
        x: (1, 2)


def derived():
    class Bad(NamedTuple, Point):
        z: int


for function in refusing, overwriting, calling_super, default_first, twice, no_type, derived, NamedTuple:
    refused(function)
refused(NamedTuple, "X", [("a", int)], b=int)
refused(NamedTuple, "X", None, b=int)
refused(NamedTuple, typename="X")
refused(NamedTuple, "X", [("_a", int)])
made = NamedTuple("Made", x=int, self=str)
print(made, made._fields, made.__annotations__)
print(NamedTuple("Nothing")._fields, NamedTuple("Nothing", None)._fields, NamedTuple("Nothing", [])._fields)
print(NamedTuple("Made", [("a", "int"), ("b", None)]).__annotations__)
