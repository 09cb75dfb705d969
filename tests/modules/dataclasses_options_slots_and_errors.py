"""dataclasses: options, slots, inheritance, copies, hashing, and what is refused."""

import copy
import sys
import dataclasses
import weakref
from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import (FrozenInstanceError, InitVar, KW_ONLY, MISSING, Field, asdict, astuple, dataclass, field, fields,
                         is_dataclass, make_dataclass, replace)
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar
import typing


def tell(what, *args, **kwargs):
    try:
        print(what(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


def run(text, **names):
    try:
        exec(text, {"__name__": "made", **vars(dataclasses), "ClassVar": ClassVar, **names})
    except Exception as error:
        print(type(error).__name__, error)


# ---- representations
@dataclass
class Point:
    x: int
    y: float = field(default=1.5, metadata={"unit": "m"}, doc="how high")
    z: list = field(default_factory=list, kw_only=True, compare=False)


print(repr(fields(Point)[0]).split(",default=")[0])
print(repr(fields(Point)[1]).replace(repr(MISSING), "MISSING"))
print(repr(fields(Point)[2]).replace(repr(MISSING), "MISSING"))
print(Point.__dataclass_params__)
print(InitVar[int], InitVar[list[int]], repr(InitVar), InitVar["x"])
print(list(Point.__dataclass_fields__), Point.__dataclass_fields__["z"].kw_only, Point.__doc__)
print(Point.__init__.__doc__, Point.__init__.__annotations__, Point.__init__.__kwdefaults__, Point.__init__.__defaults__)
print(Point.__eq__.__qualname__, Point.__repr__.__qualname__, Point.__replace__.__qualname__, Point.__eq__.__module__)
print(sorted(name for name in vars(Point) if name.startswith("__") and "annot" not in name))
print(type(MISSING).__name__, repr(type(KW_ONLY).__name__), dataclasses.__all__)
tell(lambda: field(default=1)._field_type)
tell(lambda: Field[int])


@dataclass
class Documented:
    """its own"""
    x: int = 3


print(Documented.__doc__)


@dataclass
class Shown:
    a: "int"
    b: list[int] | None = None
    c: typing.Optional[int] = 3
    d: Any = field(default="x", repr=False)
    e: dict = field(default_factory=dict, init=False)


print(Shown.__doc__)
print(Shown(1))


# ---- options
@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    note: str = field(default="", compare=False)


print(sorted([Version(2), Version(1, 5), Version(1, 2, "z")]), Version(1) < Version(1, 1), Version(1) <= Version(1, 0, "q"),
      Version(3) > Version(2, 9), Version(3) >= Version(3))
tell(lambda: Version(1) < (1, 0))
tell(lambda: Version(1) == (1, 0))
tell(hash, Version(1))


@dataclass(frozen=True)
class Frozen:
    a: int
    b: tuple = ()

    def grow(self):
        object.__setattr__(self, "a", self.a + 1)
        return self


print(Frozen(1).grow(), hash(Frozen(1, (2,))) == hash((1, (2,))), {Frozen(1): "x"}[Frozen(1)])
tell(lambda: setattr(Frozen(1), "a", 2))
tell(lambda: setattr(Frozen(1), "other", 2))
tell(lambda: delattr(Frozen(1), "b"))
tell(lambda: hash(Frozen([1])))


@dataclass(frozen=True)
class FrozenChild(Frozen):
    c: int = 0


tell(lambda: setattr(FrozenChild(1), "a", 2))
tell(lambda: setattr(FrozenChild(1), "zzz", 2))
print(FrozenChild(1), FrozenChild(1) == Frozen(1), issubclass(FrozenInstanceError, AttributeError))


class Plain(Frozen):
    pass


one = Plain(1)
one.extra = 5
print(one.extra, one)
tell(lambda: setattr(one, "a", 5))

for flags in ({}, {"eq": False}, {"frozen": True}, {"unsafe_hash": True}, {"eq": False, "frozen": True}):
    @dataclass(**flags)
    class Hashed:
        a: int

    @dataclass(**flags)
    class HasEq:
        a: int

        def __eq__(self, other):
            return True
    print(flags, Hashed.__hash__ is None, Hashed.__hash__ is object.__hash__, HasEq.__hash__ is None)
run("@dataclass(unsafe_hash=True)\nclass A:\n a: int\n def __hash__(self): return 1")
run("@dataclass(frozen=True)\nclass A:\n a: int\n def __setattr__(self, n, v): pass")
run("@dataclass(frozen=True)\nclass A:\n a: int\n def __delattr__(self, n): pass")
run("@dataclass(order=True)\nclass A:\n a: int\n def __ge__(self, n): pass")


@dataclass
class HashFields:
    a: int = field(hash=False)
    b: int = field(compare=False, hash=True)
    __hash__ = None


@dataclass(unsafe_hash=True)
class HashFields2:
    a: int = field(hash=False)
    b: int = field(compare=False, hash=True)
    c: int = field(compare=False)


print(hash(HashFields2(1, 2, 3)) == hash((2,)), HashFields2(1, 2, 3) == HashFields2(1, 5, 6), HashFields(1, 2) == HashFields(1, 3))


@dataclass(init=False, repr=False, eq=False, match_args=False)
class Bare:
    a: int = 5


print(Bare().a, hasattr(Bare, "__match_args__"), Bare() == Bare(), "Bare object at" in repr(Bare()))


@dataclass(match_args=True)
class Matched:
    a: int
    b: int = field(init=False, default=3)
    c: int = field(default=4, kw_only=True)
    d: int = 6


print(Matched.__match_args__)


# ---- slots
@dataclass(slots=True)
class Slotted:
    a: int
    b: list = field(default_factory=list)
    c: ClassVar[int] = 9

    def who(self):
        return __class__ is type(self), super().__repr__()[:5]


s = Slotted(1)
print(s, Slotted.__slots__, s.who()[0], Slotted.c, Slotted.__qualname__, Slotted.__module__)
tell(lambda: setattr(s, "zz", 1))
tell(lambda: s.__dict__)
tell(lambda: weakref.ref(s))


@dataclass(slots=True)
class SlottedChild(Slotted):
    d: int = 4


print(SlottedChild(1, d=5), SlottedChild.__slots__, hasattr(SlottedChild(1), "__dict__"))


@dataclass(slots=True, weakref_slot=True)
class Weak:
    a: int


w = Weak(1)
print(weakref.ref(w)() is w, Weak.__slots__, Weak.__weakref__ is not None)


@dataclass(slots=True, weakref_slot=True)
class WeakChild(Weak):
    b: int = 2


print(WeakChild.__slots__, weakref.ref(WeakChild(1)) is not None)


@dataclass(slots=True, frozen=True)
class SlottedFrozen:
    a: int
    b: int = 3


sf = SlottedFrozen(1)
print(sf, copy.copy(sf), copy.deepcopy(sf), sf.__getstate__(), hash(sf) == hash((1, 3)))
tell(lambda: setattr(sf, "a", 3))
tell(lambda: setattr(sf, "q", 3))
tell(lambda: delattr(sf, "a"))


@dataclass(slots=True)
class SlotDoc:
    a: int = field(doc="an a")
    b: int = 2


print(SlotDoc.__slots__, SlotDoc.a.__doc__)
run("@dataclass(slots=True)\nclass A:\n __slots__ = ()\n a: int")
run("@dataclass(weakref_slot=True)\nclass A:\n a: int")


@dataclass(slots=True)
class SlotProperty:
    a: int

    @property
    def twice(self):
        return super().__class__, __class__

    @staticmethod
    def st():
        return __class__

    @classmethod
    def cm(cls):
        return __class__ is cls


print(SlotProperty(1).twice[1] is SlotProperty, SlotProperty.st() is SlotProperty, SlotProperty.cm())


class Base:
    def __init_subclass__(cls, **kwargs):
        print("subclass", cls.__name__, "__slots__" in vars(cls))


@dataclass(slots=True)
class Sub(Base):
    a: int = 1


print(Sub())


# ---- inheritance
@dataclass
class A:
    x: int = 1
    y: int = 2


@dataclass
class B(A):
    z: int = 3
    x: str = "new"


class Mixin:
    x: int = 50


@dataclass
class C(Mixin, B):
    w: int = 0


print(B(), C(), [f.name for f in fields(C)], B.x)
run("@dataclass\nclass A:\n x: int = 0\n@dataclass\nclass B(A):\n y: int")
run("@dataclass\nclass A:\n x: int = 0\n@dataclass(kw_only=True)\nclass B(A):\n y: int\nprint(B(y=3), B(1, y=2))")
run("@dataclass(frozen=True)\nclass A:\n x: int = 0\n@dataclass\nclass B(A):\n y: int")
run("@dataclass\nclass A:\n x: int = 0\n@dataclass(frozen=True)\nclass B(A):\n y: int")


@dataclass
class Kw:
    a: int
    _: KW_ONLY
    b: int
    c: int = field(default=1, kw_only=False)


print(Kw(1, 2, b=3), Kw.__match_args__)
tell(Kw, 1, 2, 3)
tell(Kw, 1)
run("@dataclass\nclass A:\n a: int\n _: KW_ONLY\n b: int\n __: KW_ONLY\n c: int")
run("@dataclass\nclass A:\n a: ClassVar[int] = field(kw_only=True)")
run("@dataclass\nclass A:\n a: ClassVar[int] = field(default_factory=int)")
run("@dataclass\nclass A:\n a: InitVar[int] = field(default_factory=int)")
run("@dataclass\nclass A:\n a: dict = {}")
run("@dataclass\nclass A:\n a: set = set()")
run("@dataclass\nclass A:\n a: Any = U()", U=type("U", (), {"__hash__": None}), Any=Any)
run("field(default=1, default_factory=int)")
run("dataclass(foo=3)")
run("dataclass(int, int)")
run("@dataclass\nclass A:\n a: int\n b = field(default=3)")


# ---- __post_init__, InitVar
@dataclass
class WithPost:
    a: int
    b: InitVar[int]
    c: InitVar[str] = "c"
    total: int = field(init=False, repr=True)

    def __post_init__(self, b, c):
        self.total = self.a + b
        self.seen = c


p = WithPost(1, 2)
print(p, p.seen, WithPost(1, 2, "z").seen, asdict(p), p.c)
tell(lambda: p.b)
tell(lambda: replace(p, a=5))
tell(lambda: replace(p, a=5, b=1))
tell(lambda: replace(p, b=1, total=5))
tell(lambda: copy.replace(p, b=3, a=10))
tell(lambda: replace(5))
tell(lambda: replace(WithPost))
tell(lambda: replace(Point(1), q=2))
tell(lambda: replace(Point(1), x=2, y=9))
tell(lambda: copy.replace(Point(1), x=2))


@dataclass
class PostParent:
    def __post_init__(self):
        print("parent")


@dataclass
class PostChild(PostParent):
    a: int = 1

    def __post_init__(self):
        super().__post_init__()
        print("child")


PostChild()


# ---- asdict, astuple
NT = namedtuple("NT", "p q")


@dataclass
class Tree:
    value: Any
    kids: list = field(default_factory=list)


t = Tree(1, [Tree(NT(Tree(2), 3)), (Tree(4),), {"k": Tree(5), Tree: 1}])
print(asdict(t))
print(astuple(t))
print(asdict(Tree(1), dict_factory=OrderedDict), astuple(Tree(1), tuple_factory=list))
d = defaultdict(list)
d["x"].append(Tree(1))
print(asdict(Tree(d)))
inner = [1, [2]]
copied = asdict(Tree(inner))["value"]
print(copied, copied is inner, copied[1] is inner[1])
tell(asdict, Tree)
tell(astuple, 5)
tell(fields, 5)
tell(fields, Tree(1))
print(is_dataclass(Tree), is_dataclass(t), is_dataclass(5), is_dataclass(list[int]))


class Fake:
    def __getattr__(self, name):
        return {}


print(is_dataclass(Fake()))
tell(asdict, Fake())

# ---- make_dataclass
Made = make_dataclass("Made", ["a", ("b", int), ("c", str, "x"), ("d", list, field(default_factory=list))], order=True,
                      namespace={"twice": lambda self: self.b * 2})
print(Made(1, 2), Made(1, 2).twice(), Made.__annotations__, Made.__module__, Made.__doc__, Made.__qualname__)
for wrong in ((["a", "a"],), (["1"],), (["class"],), ([("a", int, 3, 4)],), ([()],), ([5],)):
    tell(make_dataclass, "Wrong", *wrong)
tell(make_dataclass, "Wrong", [("a", int, 1), "b"])
print(make_dataclass("Sub", [("z", int)], bases=(A,), kw_only=True, frozen=False)(z=1))
print(make_dataclass("Sub", [], module="here").__module__)


def decorate(cls, **options):
    print("decorating", cls.__name__, {k: v for k, v in options.items() if v})
    return dataclass(cls, **options)


print(make_dataclass("Deco", ["x"], decorator=decorate, slots=True)(3))


# ---- odd ones
@dataclass
class SelfNamed:
    self: int
    cls: int = 2
    other: int = 3


print(SelfNamed(1), SelfNamed(1) == SelfNamed(1), SelfNamed(self=4))


@dataclass
class Loop:
    me: Any = None
    kids: list = field(default_factory=list)


loop = Loop()
loop.me = loop
loop.kids.append(loop)
print(loop)


@dataclass
class Empty:
    pass


print(Empty(), Empty() == Empty(), Empty.__match_args__, fields(Empty), Empty.__doc__)


class Desc:
    def __set_name__(self, owner, name):
        self.name = "_" + name
        print("set_name", owner.__name__, name)

    def __get__(self, instance, owner):
        return 10 if instance is None and owner else getattr(instance, self.name, "unset")

    def __set__(self, instance, value):
        setattr(instance, self.name, value * 2)


@dataclass
class WithDesc:
    q: int = Desc()
    r: int = field(default=Desc())


print(WithDesc(3, 4))
T = TypeVar("T")


@dataclass
class Box(Generic[T]):
    item: T

    @cached_property
    def twice(self):
        return self.item * 2


print(Box(1), Box[int](2), Box[int](3).twice, Box("x") == Box("x"))


@dataclass
class Abstract:
    a: "typing.ClassVar[int]" = 1
    b: "InitVar[int]" = 2
    c: "dataclasses.InitVar" = 3
    d: "ClassVar" = 4
    e: "None | ClassVar" = 5


print(Abstract(), [f.name for f in fields(Abstract)])
try:
    Point()
except TypeError as error:
    print(error)
try:
    Point(1, 2, 3)
except TypeError as error:
    print(error)


@dataclass
class Later:
    a: Undefined
    b: int = 3
    c: ClassVar[Undefined] = 3


print(Later(1), Later.__doc__)


class Outer:
    @dataclass
    class Inner:
        a: int = 1


print(Outer.Inner(), Outer.Inner.__init__.__qualname__, Outer.Inner.__doc__)
match Version(1, 2):
    case Version(1, minor=2, note=n):
        print("matched", repr(n))


class Meta(type):
    pass


@dataclass(slots=True)
class WithMeta(metaclass=Meta):
    a: int = 1


print(type(WithMeta).__name__, WithMeta())
