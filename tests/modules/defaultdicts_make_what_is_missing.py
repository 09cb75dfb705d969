"""`defaultdict`: its factory, copies, unions, subclasses, messages."""

import copy
import pickle
from collections import defaultdict as DD


def t(f):
    try:
        r = f()
        print(type(r).__name__, repr(r))
    except BaseException as e:
        print(type(e).__name__, e)


t(lambda: DD())
t(lambda: DD(3))
t(lambda: DD(int, 3))
t(lambda: DD(int, [(1, 2)], a=3))
t(lambda: DD(int, {}, {}))
t(lambda: DD(None, a=1)["b"])
t(lambda: DD(int)["b"])
t(lambda: DD(list)[[]])
d = DD(list)
d["a"].append(1)
d["b"] += [2]
t(lambda: d)
t(lambda: d.default_factory)
t(lambda: d.get("zz"))
t(lambda: "zz" in d)
t(lambda: d.copy())
t(lambda: copy.copy(d))
t(lambda: copy.deepcopy(d))
t(lambda: pickle.loads(pickle.dumps(d)))
t(lambda: d.__reduce__()[:4])
t(lambda: DD(None).__reduce__()[:4])
t(lambda: d | {"c": 3})
t(lambda: {"c": 3} | d)
t(lambda: d | 3)
t(lambda: [] | d)
t(lambda: d == {"a": [1], "b": [2]})
t(lambda: DD.fromkeys("ab", 1))
t(lambda: d.__missing__("q"))
t(lambda: d.__missing__())
d.default_factory = None
t(lambda: d["w"])
t(lambda: d)
d.default_factory = 5
t(lambda: d["w"])
t(lambda: setattr(d, "other", 1))
t(lambda: hash(d))
t(lambda: d < d)


class S(DD):
    def __setitem__(self, key, value):
        print("set", key)
        super().__setitem__(key, value)


s = S(lambda: 7)
t(lambda: s["x"])
t(lambda: s.copy()["x"])
s.attribute = 1
t(lambda: s.__dict__)
t(lambda: type(s | {}))


class T(dict):
    def __missing__(self, key):
        return key * 2


t(lambda: T()["ab"])
t(lambda: DD(T(a=1).__getitem__))
recursive = DD(int)
recursive[0] = recursive
t(lambda: recursive)
tree = lambda: DD(tree)
root = tree()
root["a"]["b"]["c"] = 1
t(lambda: root["a"]["b"]["c"])


def fails():
    raise ValueError("no value")


t(lambda: DD(fails)[1])
t(lambda: DD(lambda x: x)[1])
method = DD()
method.default_factory = lambda: method
t(lambda: method["x"] is method)
words = DD(lambda: DD(int))
for word in "the cat and the dog and the bird".split():
    words[word[0]][word] += 1
t(lambda: {k: dict(v) for k, v in words.items()})
t(lambda: DD.__mro__)
t(lambda: DD[int, str])
match DD(int, a=1):
    case DD(a=1):
        print("no")
    case {"a": 1}:
        print("a mapping")
early = DD()
early.default_factory = lambda: early.setdefault("a", "from the factory's own doing") and "what it returned"
t(lambda: early["a"])
t(lambda: early)
