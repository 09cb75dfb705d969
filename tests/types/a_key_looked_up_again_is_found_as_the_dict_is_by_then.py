"""Lookups of one key in a row, with all that can happen to the dict in between."""

import gc
from collections import OrderedDict, defaultdict


def fresh(text):
    """A string that is equal to others of its text, but another object."""
    return "".join(list(text))


def again(make_key, dict_of=dict):
    """What is found of a key again and again; `make_key` makes equal keys."""
    d = dict_of()
    for i in range(40):
        d["other%d" % i] = i
    key = make_key()
    seen = [d.get(key), key in d]
    d[key] = d.get(key, 0) + 1
    seen += [d[key], d.get(key), key in d]
    d[key] += 1
    seen.append(d[key])
    key = make_key()
    seen += [key in d, d[key]]
    del d[key]
    seen += [key in d, d.get(key, "gone")]
    d[key] = "back"
    seen += [d[key], list(d)[-1] == key]
    key = make_key()
    seen += [key in d, d.pop(key), key in d, d.setdefault(key, "default"), d[key]]
    key = make_key()
    seen.append(d[key])
    d.clear()
    seen += [key in d, d.get(key)]
    d[key] = 5
    seen += [d[key], len(d)]
    for i in range(100):
        d[i] = i
    seen += [d[key], key in d]
    key = make_key()
    seen.append(key in d)
    for i in range(100, 3000):
        d[i] = i
    d[key] = 6
    seen += [d[key], len(d), list(d)[0] == key]
    return seen


for make_key in (
    lambda: fresh("a key"),
    lambda: fresh("é"),
    lambda: (1, int("2")),
    lambda: (fresh("x"), 3),
    lambda: (),
    lambda: ((1, 2), fresh("nested")),
    lambda: 7.5,
    lambda: 10**30,
    lambda: frozenset((1, 2)),
    lambda: None,
):
    print(again(make_key), again(make_key) == again(make_key, OrderedDict) == again(make_key, lambda: defaultdict(int)))

# One key, several dicts.
key, first, second = fresh("shared"), {fresh("shared"): 1, "b": 2}, {"b": 3}
print(key in first, key in second, first[key], second.get(key), key in first)
second[key] = 4
first[key] = 5
print(first, second, first[key], second[key])
first, second = second, first
print(first[key], second[key])

# The key is absent, then comes by another way.
d, key = {"x": 1, "y": 2, "z": 3}, (4, 5)
print(key in d, d.get(key))
d.update({(4, 5): "updated"})
print(key in d, d[key])
d, key = {}, (6, 7)
print(key in d)
d[6, 7] = 1
d[key] = 2
print(d, len(d))
d, key = OrderedDict(a=1, b=2), fresh("a")
print(key in d, d[key])
d.move_to_end(key)
d[key] = 3
print(d, d[key])
d.move_to_end(key, last=False)
print(d, d[key], key in d)
d.popitem(last=False)
print(key in d, d)

# Equal keys of which one is another's class, and keys that are never equal to themselves.
d = {1: "one", (1, 2): "pair", "s": "text"}
for key in (1.0, True, (1.0, 2), (True, 2), (1, 2.0)):
    print(key in d, d[key], d.get(key))
nan = float("nan")
d[nan] = "nan"
d[(nan, 1)] = "with nan"
print(nan in d, d[nan], float("nan") in d, (nan, 1) in d, (float("nan"), 1) in d)


class Text(str):
    asked = 0

    def __hash__(self):
        Text.asked += 1
        return str.__hash__(self)

    def __eq__(self, other):
        return str.__eq__(self, other)


class Pair(tuple):
    asked = 0

    def __hash__(self):
        Pair.asked += 1
        return tuple.__hash__(self)

    __eq__ = tuple.__eq__


class Number:
    asked = 0

    def __hash__(self):
        Number.asked += 1
        return 1

    def __eq__(self, other):
        return True


for key, of in ((Text("s"), Text), (Pair((1, 2)), Pair), (Number(), Number)):
    d = {"s": 1, (1, 2): 2, 3: 4}
    for _ in range(3):
        d[key] = d.get(key, 0) + 1
        key in d
    print(of.__name__, of.asked, sorted(map(str, d.values())))

# Keys die, others are born in their places.
d = {}
for turn in range(6):
    for i in range(300):
        key = (turn, i % 50)
        d[key] = d.get(key, 0) + 1
        name = "name%d" % (i % 50)
        if name in d:
            d[name] += 1
        else:
            d[name] = 1
        del key, name
    gc.collect()
    key = (turn, 50)
    print(key in d, d.get(key), sum(d.values()), len(d))
    if turn % 2:
        d = dict(d)

# Unhashable parts.
d = {(1, 2): 3}
for key in ([], (1, []), {}):
    for look in (lambda: d[key], lambda: key in d, lambda: d.get(key), lambda: d.__setitem__(key, 1)):
        try:
            look()
        except TypeError as error:
            print(error)
for key in (fresh("missing"), (8, 9), (fresh("missing"), 1)):
    for _ in range(2):
        try:
            print(key in d, d[key])
        except KeyError as error:
            print("KeyError", error)
