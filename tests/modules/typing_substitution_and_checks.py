"""Type parameters take unpacked tuples, aliases pickle as they were written, and what is no type is refused."""

import copy, pickle, typing
from collections.abc import Callable as C
from typing import *

T, T2, P, Ts = TypeVar("T"), TypeVar("T2"), ParamSpec("P"), TypeVarTuple("Ts")


def show(make):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)


class One(Generic[T]): pass
class Two(Generic[T, T2]): pass
class Many(Generic[*Ts]): pass
class Around(Generic[T, *Ts, T2]): pass


endless = tuple[int, ...]
items = [(*tuple[int],), (*tuple[int, str],), (*tuple[()],), (*endless,), (str, *endless), (*endless, str), (str, *endless, bool),
         (*endless, *tuple[str, ...]), (*tuple[int], *tuple[str]), (Unpack[Tuple[int]],), (Unpack[Tuple[int, ...]],),
         (Unpack[Tuple[int, str]], bool), (int,), (int, str), (int, str, bool), ()]
for alias in (List[T], list[T], One[T], Dict[T, T2], dict[T, T2], Two[T, T2], Tuple[*Ts], tuple[*Ts], Many[*Ts], Around[T, *Ts, T2],
              tuple[T, *Ts, T2], tuple[list[T], *Ts]):
    for item in items:
        try:
            print(alias, item, "->", alias[item])
        except TypeError as error:
            # How many were expected depends on the alias.
            print(alias, item, "->", str(error).split(";")[0])

for alias in (List[int], Tuple[int, ...], Tuple[()], Callable[[int], str], Callable[..., int], Callable[P, T], Optional[int],
              Dict[str, List[T]], One[int], Annotated[Any, 1], Annotated[int | str, "x", 2], Annotated[tuple[int, ...], 1],
              Annotated[One[int], 1], Annotated[Callable[[int], str], 1], ClassVar[int], Literal[1, "a"], Unpack[Ts],
              Concatenate[int, P], Iterable[int], Type[int]):
    show(lambda: pickle.loads(pickle.dumps(alias)) == alias if T not in getattr(alias, "__parameters__", ()) else "")
    show(lambda: (copy.copy(alias), copy.deepcopy(alias), copy.copy(alias) == alias))

for form in (Optional, ClassVar, Final, Self, Never, Union, Literal, Concatenate, Unpack):
    def subclass(form=form):
        class A(type(form)): pass
    show(subclass)
    show(lambda: List[form])
    show(lambda: form())

show(lambda: Optional[Final[int]])
show(lambda: List[ClassVar[int]])
show(lambda: ClassVar[Final[int]])
show(lambda: Final[ClassVar])
show(lambda: Annotated[ClassVar[int], 1])
show(lambda: List[Generic])
show(lambda: List[Protocol])
show(lambda: List[Generic[T]])
show(lambda: Tuple[T]())
show(lambda: List[int]())
show(lambda: issubclass(Tuple[int, ...], typing.Sequence))
show(lambda: issubclass(typing.List, typing.Sequence))
show(lambda: Annotated[*Ts, 1])
show(lambda: Annotated[*tuple[int], 1])
show(lambda: Unpack[Ts] == next(iter(Ts)))
show(lambda: Unpack[Ts].__origin__ is get_origin(next(iter(Ts))))
show(lambda: Concatenate[int, P][[str, bool]])
show(lambda: Concatenate[int, P][Concatenate[str, P]])
show(lambda: Concatenate[int, P][...])
show(lambda: Callable[Concatenate[int, P], T][[str, bool], int])
show(lambda: Callable[Concatenate[int, P], int][Concatenate[str, ...]])
show(lambda: C[Concatenate[int, P], T][[str, bool], int])
show(lambda: type("Sub", (type(List[int]),), {}))
show(lambda: Literal[int, None, "a", b"b", 1])
show(lambda: (List[int].__module__, Callable[[int], str].__module__, One[int].__module__))


@runtime_checkable
class HasX(Protocol):
    x: int

    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "x")


show(lambda: (issubclass(type("A", (), {"x": 1}), HasX), issubclass(int, HasX)))
