"""Calls of the same functions: plain ones, with defaults, with names."""


def least(a, b):
    return a if a < b else b


def scaled(a, by=3, *, plus=1):
    return a * by + plus


def work():
    total = 0
    for i in range(5_000_000):
        total += least(i, 1000) + scaled(i & 7) + scaled(i & 3, plus=2)
    return total
