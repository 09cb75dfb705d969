# Protocols look whether members are there, and run no code of a program for that.
import collections.abc
import io
import os
import typing
from abc import ABC, abstractmethod
from typing import Generic, Protocol, TypeVar, get_protocol_members, is_protocol, runtime_checkable

T = TypeVar("T")


def refused(function, *args):
    try:
        print("answered", function(*args))
    except Exception as error:
        print(type(error).__name__, error, "from", repr(error.__cause__))


@runtime_checkable
class HasX(Protocol):
    x: int


@runtime_checkable
class Closes(Protocol):
    def close(self): ...


class Loud:
    @property
    def x(self):
        print("never")
        raise RuntimeError


class Dynamic:
    def __getattr__(self, name):
        print("never", name)
        return 1


class SlotsOnly:
    __slots__ = ("x",)


class Hidden:
    close = None


class Sets:
    def __init__(self):
        self.x = 1
        self.close = lambda: None


for value in Loud(), Dynamic(), SlotsOnly(), Hidden(), Sets(), HasX, 1:
    print(type(value).__name__, isinstance(value, HasX), isinstance(value, Closes))
print(issubclass(Hidden, Closes), issubclass(Sets, Closes), issubclass(io.BytesIO, Closes))
refused(issubclass, Sets, HasX)
refused(issubclass, 1, HasX)
HasX.register(Sets)
refused(issubclass, Sets, HasX)
HasX.register(Dynamic)
print(isinstance(Dynamic(), HasX))


class Plain(Protocol):
    def f(self): ...


refused(isinstance, 1, Plain)
refused(issubclass, int, Plain)
refused(issubclass, 1, Plain)
refused(Plain)
refused(runtime_checkable, int)
refused(get_protocol_members, int)


class Evil:
    def __get__(self, instance, owner):
        raise ValueError("evil")


def evil():
    @runtime_checkable
    class Commentable(Protocol):
        evil = Evil()


refused(evil)


class Undefined(Protocol):
    x: DoesNotExist
    y: "also not"

    def z(self) -> Nowhere: ...


print(sorted(get_protocol_members(Undefined)), is_protocol(Undefined), is_protocol(Loud), is_protocol(Protocol))


def bases(*given):
    def make():
        namespace = {}
        exec("class X(" + ", ".join(given) + "): pass", globals(), namespace)
        return [one.__name__ for one in namespace["X"].__mro__]
    print(*given, end=": ")
    refused(make)


for given in (["Protocol", "Generic[T]"], ["Generic[T]", "Protocol"], ["Protocol[T]", "Generic[T]"],
              ["Protocol", "Generic[T]", "object"], ["Protocol[T]", "object"], ["int", "Protocol"], ["Loud", "Protocol"],
              ["collections.abc.Iterable", "Protocol"], ["collections.abc.Mapping", "Protocol"], ["os.PathLike", "Protocol"],
              ["io.Reader[bytes]", "Protocol"], ["typing.ContextManager", "Protocol"], ["HasX", "Protocol"], ["HasX"],
              ["HasX", "Closes"], ["ABC", "Protocol"], ["Plain", "Loud"], ["Plain", "Loud", "Protocol"]):
    bases(*given)


class Initialized(Protocol):
    x: int

    def __init__(self, x):
        self.x = x


class Concrete(Initialized):
    pass


class Abstract(Protocol):
    @abstractmethod
    def f(self): ...


class StillAbstract(Abstract):
    pass


print(Concrete(3).x)
refused(Initialized, 3)
refused(StillAbstract)


@runtime_checkable
class Sub(HasX, Closes, Protocol):
    y: str


print(sorted(get_protocol_members(Sub)), isinstance(Sets(), Sub), issubclass(Sub, Plain.__mro__[1]))
print(isinstance(io.BytesIO(), io.Reader), isinstance(1, io.Reader), issubclass(io.StringIO, io.Writer), io.Reader[int])


class Path(os.PathLike):
    pass


class Other:
    def __fspath__(self):
        return "/"


refused(Path)
print(isinstance(Other(), os.PathLike), issubclass(Other, os.PathLike), isinstance("", os.PathLike), os.PathLike[str])
