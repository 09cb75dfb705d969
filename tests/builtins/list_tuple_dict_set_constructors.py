"""The constructors with every argument they accept."""

print(list(), list("ab"), list(range(2)), tuple(), tuple("ab"), set(), sorted(set("ab")), frozenset(), sorted(frozenset("ab")), dict(), dict(a=1))
print(dict({"x": 1}, y=2), dict([["a", 1], ("b", 2)]), dict(["ab", "cd"]), dict(((1, 2),)), dict(zip("a", "b")))


class Keys:
    def keys(self):
        return ["p", "q"]

    def __getitem__(self, k):
        return k * 2


print(dict(Keys()), {**Keys()}, dict(Keys(), r=1))
print(bool(), int(), float(), complex(), str(), bytes(), bytearray(), object().__class__.__name__)
print(list({"b": 1, "a": 2}), list((1, [2])), tuple({1: 2}.items()), set([1, 2, 2]) == {1, 2}, list(map(str, {1: 2}.values())))
print(type(list()) is list, list is type([]), isinstance([], list), list.__name__, list([1]) == [1])
for bad in ("list(1, 2)", "tuple(1)", "set(1)", "dict(1)", "dict([1])", "dict(['abc'])", "list(a=1)", "frozenset(1, 2)", "dict(None)", "dict(a=1, **{'a': 2})", "set([[]])", "bool(1, 2)", "list(None)", "tuple(None)", "dict([(1,)])"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
