"""Reads of another module's constants and functions."""

import math
import operator


def work():
    total = 0.0
    for i in range(5_000_000):
        total += math.pi * (i & 7) + math.floor(math.e) + operator.add(i & 3, 1)
    return round(total, 3)
