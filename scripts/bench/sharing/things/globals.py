"""Reads of the same global variables and built-ins."""

scale = 3
offset = 11
names = ("a", "b", "c")


def work():
    total = 0
    for i in range(12_000_000):
        total += scale * (i & 15) + offset + len(names)
    return total
