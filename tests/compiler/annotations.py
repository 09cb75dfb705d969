# Annotations are evaluated on demand, by functions.
x: int = 1
if x:
    y: str

def f(a: int, *args: str, b: 'text' = 1) -> None:
    c: never_evaluated = a

class C:
    field: list[C]
    plain = 1
