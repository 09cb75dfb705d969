"""Frames of metaclasses, `__init_subclass__`, descriptors, operators and special methods."""

import sys


class Meta(type):
    def __call__(cls, *args):
        return super().__call__(*args)


class A(metaclass=Meta):
    def __init__(self, x):
        self.x = 1 / x

    def __eq__(self, other):
        raise ValueError("in eq")

    def __getitem__(self, key):
        raise IndexError("in getitem")

    def __iter__(self):
        raise TypeError("in iter")

    def __bool__(self):
        raise KeyError("in bool")

    def __call__(self):
        raise RuntimeError("in call")

    def __setattr__(self, name, value):
        if value == 0.5:
            raise AttributeError("in setattr")
        super().__setattr__(name, value)

    def __hash__(self):
        raise OverflowError("in hash")


class D:
    def __get__(self, instance, owner):
        raise LookupError("in get")


class B:
    d = D()


def setting():
    A(2)


a = A(1)
for f in (lambda: A(0), setting, lambda: a == 1, lambda: a[0], lambda: [*a], lambda: not a, lambda: a(), lambda: {a: 1}, lambda: B().d, lambda: a in [1]):
    try:
        f()
    except Exception:
        sys.excepthook(*sys.exc_info())
