"""Patterns with classes: registries, mixins, abstract methods, singletons, fluent interfaces."""


class Registry:
    known = {}

    @classmethod
    def register(cls, name):
        def decorate(target):
            cls.known[name] = target
            return target

        return decorate


@Registry.register("circle")
class Circle:
    def area(self):
        return 3


@Registry.register("square")
class Square:
    def area(self):
        return 4


print({name: cls().area() for name, cls in Registry.known.items()})


class Comparable:
    def __lt__(self, other):
        return self.key() < other.key()

    def __le__(self, other):
        return not other < self


class Describable:
    def describe(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"

    __repr__ = describe


class Version(Comparable, Describable):
    def __init__(self, major, minor):
        self.major = major
        self.minor = minor

    def key(self):
        return self.major, self.minor


versions = [Version(2, 1), Version(1, 9), Version(2, 0)]
print(sorted(versions), max(versions), Version(1, 0) <= Version(1, 0))


class Base:
    def run(self):
        return self.step() * 2

    def step(self):
        raise NotImplementedError(f"{type(self).__name__} must implement step")


class Good(Base):
    def step(self):
        return 21


print(Good().run())
try:
    Base().run()
except NotImplementedError as error:
    print(error)


class Builder:
    def __init__(self):
        self.parts = []

    def __getattr__(self, name):
        def add(*args):
            self.parts.append((name, args))
            return self

        return add


print(Builder().open("a").write(1, 2).close().parts)


def total_ordering_like(cls):
    cls.__gt__ = lambda self, other: other < self
    return cls


@total_ordering_like
class T(Version):
    pass


print(T(2, 0) > T(1, 0))
