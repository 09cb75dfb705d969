"""keys, values, items: live, set-like, ordered, and the error when changed under an iterator."""

d = {"a": 1, "b": 2}
keys, values, items = d.keys(), d.values(), d.items()
print(keys, values, items)
d["c"] = 3
print(keys, values, items, len(keys))
print("a" in keys, 3 in values, ("a", 1) in items, ("a", 2) in items)
print(sorted(keys & {"a", "z"}), sorted(keys | {"z"}), sorted(keys - {"a"}), sorted(keys ^ {"a", "z"}), sorted(items & {("a", 1)}))
print(keys == {"a", "b", "c"}, keys <= {"a", "b", "c", "d"}, keys.isdisjoint({"q"}), list(reversed(d.items())))
print([k + str(v) for k, v in d.items()], max(d.values()), list(map(str, d.values())), dict(items))
for change in ("d['new'] = 1", "del d['a']"):
    try:
        for k in d:
            exec(change)
    except RuntimeError as error:
        print(error)
for k in d:
    d[k] = "value only"
print(d)
try:
    for k in list(d):
        del d[k]
except RuntimeError:
    print("never")
print(d, keys, list(values))
it = iter({1: 2})
print(next(it), next(it, "end"), type(iter({}.items())).__name__, type({}.keys()).__name__)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 2

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n


collide = {Key(i): i for i in range(10)}
print(len(collide), collide[Key(7)], Key(11) in collide, collide.pop(Key(3)), len(collide))


class BadHash:
    def __hash__(self):
        raise ValueError("no hash")


try:
    {BadHash(): 1}
except ValueError as error:
    print(error)
print({1: "a"}.items() == {1: "a"}.items(), {1: 2}.keys().mapping)
