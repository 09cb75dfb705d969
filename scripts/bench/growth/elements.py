"""What an element costs, for containers of 10^3 to 10^7 elements: the best of several, in nanoseconds.

Prints a line for each kind: its name and a number for each size. Sorting is per element and doubling.
"""
# bench: list
# bench: dict
# bench: set
# bench: text
# bench: sort

import math
import sys
import time

SIZES = [10**power for power in range(3, 8)]


def make_list(n):
    made = []
    for i in range(n):
        made.append(i)


def make_dict(n):
    made = {}
    for i in range(n):
        made[i] = i


def make_set(n):
    made = set()
    for i in range(n):
        made.add(i)


def make_text(n):
    made = ""
    for i in range(n):
        made += "x"


def shuffled(n):
    """The same numbers in no order, every time."""
    at, numbers = 1, []
    for _ in range(n):
        at = at * 6364136223846793005 + 1442695040888963407 & 0xFFFF_FFFF_FFFF
        numbers.append(at >> 16)
    return numbers


def best(work, argument, n):
    least = math.inf
    for _ in range(max(3, min(20, 10**6 // n))):
        begin = time.perf_counter()
        work(argument)
        least = min(least, time.perf_counter() - begin)
    return least / n * 1e9


def main():
    kind = sys.argv[1]
    if kind == "sort":
        each = [best(sorted, shuffled(n), n) / math.log2(n) for n in SIZES]
    else:
        each = [best(globals()["make_" + kind], n, n) for n in SIZES]
    print(kind, *[f"{ns:.3f}" for ns in each])


main()
