"""Modules of the laboratory that CPython has as well."""

import dis
import gc


def f(x):
    return x + 1


print(callable(dis.dis), callable(gc.collect), callable(gc.get_objects) or True)
print(gc.get_threshold() is not None)
