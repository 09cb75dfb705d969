"""Imports inside functions, classes and conditionals."""


def f():
    import math
    from math import floor as low

    return math.ceil(1.2) + low(1.8)


class C:
    import time

    def now(self):
        return self.time.time() > 0


print(f(), C().now(), "math" in globals(), "time" in globals())
try:
    import fast_version_of_json
except ImportError:
    fast_version_of_json = None
print(fast_version_of_json)
if True:
    import sys as system
print(system.__name__)


def g():
    global math
    import math


g()
print(math.floor(2.5))
