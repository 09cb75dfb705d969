"""`Did you mean`: names, attributes, keyword arguments, modules."""

import sys
import math


class Thing:
    def __init__(self):
        self.colour = 1

    def describe(self):
        return self.color

    def call(self):
        return colour_of(self)


counter = 1


def colour_off(x):
    return x


def local():
    number = 5
    return numbr


def builtin():
    return pritn(1)


def keyword():
    return sorted([1], revers=True)


def own_keyword():
    return taking(widht=3)


def taking(width):
    pass


def module():
    return math.sqroot(2)


def self_forgotten():
    class A:
        def __init__(self):
            self.blech = 1

        def f(self):
            return blech

    A().f()


def module_forgotten():
    return time.time()


for f in (Thing().describe, Thing().call, local, builtin, keyword, own_keyword, module, self_forgotten, module_forgotten):
    try:
        f()
    except Exception:
        sys.excepthook(*sys.exc_info())
print(conter)
