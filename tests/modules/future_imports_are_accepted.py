"""`from __future__ import annotations` keeps annotations as text."""
from __future__ import annotations


def f(x: undefined_thing) -> "also":
    return x


print(f(1), f.__annotations__)


class C:
    field: not_defined = 3


print(C.field, C.__annotations__)
try:
    exec("x = 1\nfrom __future__ import annotations")
except SyntaxError as error:
    print(error.msg)
try:
    exec("from __future__ import nonsense")
except SyntaxError as error:
    print(error.msg)
