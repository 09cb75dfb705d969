"""Repeated frames are counted, not printed."""

import sys

sys.setrecursionlimit(100)


def down(n):
    return down(n + 1)


def start():
    down(0)


try:
    start()
except RecursionError as error:
    print(error)


def count(n):
    if n == 0:
        raise ValueError("bottom")
    count(n - 1)


count(20)
