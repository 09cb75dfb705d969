"""Loops that take pairs apart, over iterators that run Python code and collect: what the frame holds stays alive."""

import gc


class Item:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        gc.collect()
        return self.name


def counted(items):
    rows = [name for at, name in enumerate(map(repr, items))]
    return rows


def zipped(items):
    for group in ([1], [2]):
        rows = [(a, b) for a, b in zip(map(repr, items), map(str, items))]
    return rows


def in_order(groups):
    lines = []
    for label, items in groups:
        rows = [f"{at:4}: {item}" for at, item in enumerate(items)]
        lines += [f"{label}:", *rows] if rows else []
    return lines


print(counted([Item("a"), Item("b"), Item("c")]))
print(zipped([Item("d"), Item("e")]))
print(in_order([("first", map(repr, (Item("x"), Item("y")))), ("second", ("u", "v"))]))
