"""typing.ByteString warns where it is used; classes made from aliases are generic."""

import typing, warnings
B = typing.ByteString
for f in (lambda: isinstance(b"", B), lambda: isinstance(3, B), lambda: issubclass(bytes, B), lambda: issubclass(int, B), lambda: type("S", (B,), {}) if 0 else __import__("types").new_class("S", (B,)), lambda: B[int], lambda: B(), lambda: typing.List[B], lambda: B | None, lambda: B == typing.ByteString, lambda: hash(B) == hash(B), lambda: B.__name__, lambda: B.register, lambda: B.__module__, lambda: B.__doc__):
    with warnings.catch_warnings(record=True) as l:
        warnings.simplefilter("always")
        try: print(f())
        except Exception as e: print(type(e).__name__, e)
        print(len(l))


print("ByteString" in typing.__all__)
from typing import *
T = TypeVar("T")
def show(f):
    try: print(f().__mro__)
    except Exception as e: print(type(e).__name__, e)
def a():
    class A(List[int]): pass
    return A
def b():
    class A(Mapping[str, T], Generic[T]): pass
    return A
def c():
    class A(Sized, Iterable[T]): pass
    return A
def d():
    class B(Generic[T]): pass
    class A(List[int], B[int]): pass
    return A
def e():
    class A(Protocol[T]): pass
    class B(A[int], Sized): pass
    return B
def f():
    class A(list, List[int]): pass
    return A
def g():
    class A(Dict): pass
    return A
def h():
    class A(Tuple[int, str]): pass
    class B(Type[int]): pass
    print(B.__mro__)
    return A
def i():
    class A(Callable[[int], str]): pass
    return A
for x in (a, b, c, d, e, f, g, h, i): show(x)
