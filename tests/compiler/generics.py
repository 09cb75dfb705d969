# Type parameters live in a function of their own.
def first[T: int = bool](items: list[T], default=None) -> T:
    return items[0]

class Box[T](Base):
    def get(self) -> T: ...

type Pair[A, *Ts, **P] = tuple[A, *Ts]
type Plain = int
