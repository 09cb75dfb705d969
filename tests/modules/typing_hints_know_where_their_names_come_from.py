# get_type_hints and evaluate_forward_ref: names of modules, classes and type parameters, recursive types, unpacked ones.
import sys
import types
import warnings
from typing import *



class A:
    pass


sys.modules["elsewhere"] = elsewhere = types.ModuleType("elsewhere")
exec("""
from __future__ import annotations
from typing import Optional, TypedDict, Generic, TypeVar
T = TypeVar("T")
Alias = Optional[int]

class Record(TypedDict):
    a: Alias

class GenericRecord(TypedDict, Generic[T]):
    a: Optional[T]

def f[T: int](x: T, y: list[T]) -> Alias: ...

class C[T]:
    T2 = 3
    x: T
    def m[U](self, a: T, b: U) -> C: ...
""", elsewhere.__dict__)


class B:
    class A:
        pass

    inner: "B.A"
    outer: "A"
    nested: "list['A']"


class Local(elsewhere.Record):
    b: int


class LocalGeneric(elsewhere.GenericRecord[int]):
    b: "int"


class Node:
    def link(self, other: "Node", *args: "Node | None", **rest: "Unpack[Rest]") -> "list[Node]": ...


class Rest(TypedDict):
    x: int


Recursive = list["Recursive"]
Value = Union[str, "list[Value]"]


def takes(x: Recursive, y: Value, z: "None", w: None): ...


def unpacked(*args: *tuple[int, str]): ...
def unpacked_text(*args: "*tuple[int, str]"): ...


for obj in (B, Local, LocalGeneric, elsewhere.f, elsewhere.C, elsewhere.C.m, Node.link, unpacked, unpacked_text):
    print(getattr(obj, "__qualname__"), get_type_hints(obj))
print(get_type_hints(takes))
print(get_type_hints(B, {"A": int, "B": B}), get_type_hints(B, None, {"A": bytes, "B": B}))
print(evaluate_forward_ref(ForwardRef("None")), evaluate_forward_ref(ForwardRef("list['int']")))
print(evaluate_forward_ref(ForwardRef("Alias", module="elsewhere")))
for bad in 1, "x", len, int:
    try:
        print(get_type_hints(bad))
    except Exception as error:
        print(type(error).__name__, error)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")

    @no_type_check_decorator
    def decorate(function):
        return function

    @decorate
    def plain(x: "not a type"): ...
print(caught[0].category.__name__, caught[0].message, decorate.__name__, get_type_hints(plain))
