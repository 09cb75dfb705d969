"""Type hints, type parameters and `type` statements run without effect on values."""

type Pair[T] = tuple[T, T]
type Name = str


def first[T](items: list[T]) -> T:
    return items[0]


class Box[T]:
    def __init__(self, value: T) -> None:
        self.value: T = value

    def get(self) -> T:
        return self.value


def bounded[T: int, *Ts, **P](x: T, *args: *Ts) -> T:
    return x


print(first([3, 4]), Box("x").get(), bounded(5))
print(Pair.__name__, Name.__value__)
x: list[int] = [1]
y: "anything at all"
(z): int = 3
x[0]: int = 9
print(x, z)
print(list[int], dict[str, int], tuple[int, ...])
print(int | None, int | str)
print(isinstance(5, int | str), isinstance("x", int | None))
print(Box.__type_params__, first.__type_params__)


def annotated(a: int, b: "str" = "d", *c: float, d: bool = True, **e: dict) -> None:
    v: int
    w: int = 2
    return w


print(annotated(1), annotated.__annotations__)
