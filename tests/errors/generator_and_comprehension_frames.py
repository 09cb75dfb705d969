"""Frames of generators, comprehensions, lambdas, class bodies and methods."""

import sys


def gen():
    yield 1
    raise ValueError("in a generator")


def consume():
    return list(gen())


class C:
    def method(self):
        return [self.bad(x) for x in (1, 0)]

    def bad(self, x):
        return 1 // x

    @property
    def prop(self):
        raise AttributeError("from a property")


def class_body():
    class Broken:
        x = 1
        y = x + "a"


for f in (consume, C().method, lambda: (lambda: 1 / 0)(), class_body, lambda: C().prop, lambda: sum(1 / x for x in (0,)), lambda: sorted([3, "a"]), lambda: {1: [][0] for _ in "a"}):
    try:
        f()
    except Exception:
        sys.excepthook(*sys.exc_info())
